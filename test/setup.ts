// Property tests draw the same examples in every run, so that a change fails for what it changes. `FC_SEED=random`
// searches anew, and `FC_SEED=n` repeats a search.
import fc from "fast-check";

const wanted = process.env.FC_SEED;
if (wanted !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted ?? 20261121) });
