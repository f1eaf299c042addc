"""How a peer talks with the benchmark: it prints its version, then answers each line `name seconds` with a JSON line.

The answer is {"ms": median milliseconds of one run} or {"error": text}. A workload is prepared when first asked for
and measured anew each time.
"""
import json
import sys

_budget = 1.0


def budget():
    """How long one measurement may take, in seconds."""
    return _budget


def serve(workloads):
    global _budget
    print(json.dumps({"workloads": sorted(workloads)}), flush=True)
    for line in sys.stdin:
        name, seconds = line.split()
        _budget = float(seconds)
        try:
            answer = {"ms": workloads[name]()}
        except Exception as e:  # a peer that cannot do the work says why
            answer = {"error": f"{type(e).__name__}: {e}"[:300]}
        print(json.dumps(answer), flush=True)
