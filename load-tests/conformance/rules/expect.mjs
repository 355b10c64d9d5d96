/** Throws with both when they are not the same JSON. */
export function same(found, wanted, what = "what was found") {
  const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`${what} is ${is} and should be ${should}`);
}

/** Throws unless `condition`. */
export function holds(condition, what) {
  if (!condition) throw new Error(`it does not hold that ${what}`);
}
