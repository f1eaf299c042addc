/** Random numbers, bit for bit those of JAX: threefry, counted so that any part can be drawn by itself. */
export { bernoulli, type BernoulliOptions, rademacher, type Resolution } from "./bernoulli.js";
export { binomial, geometric, multinomial } from "./binomial.js";
export {
  categorical,
  type CategoricalOptions,
  choice,
  type ChoiceOptions,
  permutation,
  type PermutationOptions,
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
export { gumbel, type GumbelOptions, type TailMode } from "./gumbel.js";
export { randint } from "./integers.js";
export { clone, foldIn, key, keyData, PRNGKey, split, wrapKeyData } from "./keys.js";
export {
  type CovarianceMethod,
  multivariateNormal,
  type MultivariateNormalOptions,
  orthogonal,
  type OrthogonalOptions,
} from "./linear-algebra.js";
export { lognormal, maxwell, normal, truncatedNormal } from "./normal.js";
export { poisson } from "./poisson.js";
export { bits, uniform, type UniformOptions } from "./uniform.js";
export { ball, type BallOptions, generalizedNormal } from "./vectors.js";
