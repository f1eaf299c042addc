/** Random numbers, bit for bit those of JAX: threefry, counted so that any part can be drawn by itself. */
export { type BernoulliOptions, bernoulli, type Resolution, rademacher } from "./bernoulli.js";
export { binomial, geometric, multinomial } from "./binomial.js";
export {
  type CategoricalOptions,
  type ChoiceOptions,
  categorical,
  choice,
  type PermutationOptions,
  permutation,
} from "./choose.js";
export {
  cauchy,
  doubleSidedMaxwell,
  exponential,
  laplace,
  logistic,
  pareto,
  rayleigh,
  triangular,
  wald,
  weibullMin,
} from "./continuous.js";
export { beta, chisquare, dirichlet, f, gamma, loggamma, t } from "./gamma.js";
export { type GumbelOptions, gumbel, type TailMode } from "./gumbel.js";
export { randint } from "./integers.js";
export { clone, foldIn, key, keyData, PRNGKey, split, wrapKeyData } from "./keys.js";
export {
  type CovarianceMethod,
  type MultivariateNormalOptions,
  multivariateNormal,
  type OrthogonalOptions,
  orthogonal,
} from "./linear-algebra.js";
export { lognormal, maxwell, normal, truncatedNormal } from "./normal.js";
export { poisson } from "./poisson.js";
export { bits, type UniformOptions, uniform } from "./uniform.js";
export { type BallOptions, ball, generalizedNormal } from "./vectors.js";
