// Which category a text seems to be about: how many pairs of characters its name shares with the text. Works with the
// line down, and in both languages.

const pairs = (text) => {
  const found = new Set();
  for (const run of text.toLowerCase().match(/\p{Script=Han}+|[a-z]{3,}/gu) ?? []) {
    if (/^[a-z]/.test(run)) found.add(run.slice(0, 6));
    else for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
  }
  return found;
};

/** @returns the best few of `categories`, the best first; none that share nothing. */
export function suggest(text, categories, pack) {
  const said = pairs(text);
  if (said.size === 0) return [];
  const how = new Map();
  for (const category of categories) for (const pair of of(category)) how.set(pair, (how.get(pair) ?? 0) + 1);
  const scored = categories.map((category) => {
    const own = of(category);
    let score = 0;
    // A pair that many categories have says little.
    for (const pair of own) if (said.has(pair)) score += 1 / Math.sqrt(how.get(pair));
    const above = pack.categories.get(category.parent);
    if (above) for (const pair of pairs(above.name.zh + ' ' + above.name.en)) if (said.has(pair)) score += 0.2;
    return { id: category.id, score: score / Math.sqrt(own.size + 2) };
  });
  return scored.filter((one) => one.score > 0.12)
    .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1)).slice(0, 4);
}

const kept = new WeakMap();
function of(category) {
  if (!kept.has(category)) kept.set(category, pairs(category.name.zh + ' ' + category.name.en));
  return kept.get(category);
}
