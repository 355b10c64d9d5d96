const colours = 8;

/** One or two capitals for a name: the first letters of its first and its last word. "?" for no name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => /[\p{L}\p{N}]/u.exec(word ?? "")?.[0],
  );
  return letters.join("").toLocaleUpperCase() || "?";
}

/** A person's colour as CSS, the same for the same id on every device and in every place. */
export function personColour(id: string): string {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return `var(--person-${hash % colours})`;
}
