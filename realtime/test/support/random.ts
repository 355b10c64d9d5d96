/** Numbers that come again with the same seed; the seed is of this run unless `TEST_SEED` is set. */
export function createRandom(
  seed = Number(process.env["TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31)),
): { readonly seed: number; readonly random: () => number } {
  let state = seed;
  const random = (): number => {
    // A linear congruential generator (Knuth, TAOCP vol. 2, §3.3.4).
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { seed, random };
}
