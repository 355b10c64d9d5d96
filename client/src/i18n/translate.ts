/** Texts by key, as one language's files give them. */
export type Catalogue = Readonly<Record<string, string>>;

/** What stands for the `{name}`s of a text; `count` also picks the plural form. */
export type Values = Readonly<Record<string, string | number>>;

/**
 * The text of `key` with its placeholders filled. With `count` among the values, `key_one` or `key_other` is
 * taken as the language's plural rules say. A key that is missing comes back as itself: seen, not fatal.
 */
export function translate(
  catalogue: Catalogue,
  plural: Intl.PluralRules,
  request: { readonly key: string; readonly values?: Values | undefined },
): string {
  const { key, values } = request;
  const text = pluralText(catalogue, plural, request) ?? catalogue[key] ?? key;
  return values === undefined ? text : fill(text, values);
}

function pluralText(
  catalogue: Catalogue,
  plural: Intl.PluralRules,
  { key, values }: { readonly key: string; readonly values?: Values | undefined },
): string | undefined {
  const count = values?.["count"];
  if (typeof count !== "number") return undefined;
  return catalogue[`${key}_${plural.select(count)}`] ?? catalogue[`${key}_other`];
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
