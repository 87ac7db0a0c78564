// What differs between two standard packs: entries are matched by what names them, not by their places.

import { named } from './pack.js';

const nameOf = (value) => value && typeof value === 'object' ? value.id ?? value.name?.zh ?? value.name ?? value.year
  : undefined;
const short = (value) => {
  const text = typeof value === 'string' ? value : value && typeof value === 'object' && value.zh && value.en
    ? named(value) : JSON.stringify(value ?? null);
  return text.length > 80 ? text.slice(0, 79) + '…' : text;
};

/** @returns {{section, kind: 'added'|'removed'|'changed', what, path, before, after}[]} */
export function difference(before, after) {
  const found = [];
  for (const section of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    walk(before[section], after[section], { section, what: '', path: [] }, found);
  }
  return found;
}

function walk(before, after, at, found) {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const isList = Array.isArray(before ?? []) && Array.isArray(after ?? []) && (before ?? after) !== null
    && (before ?? after) !== undefined && typeof (before ?? after) === 'object';
  const isNamed = isList && [...(before ?? []), ...(after ?? [])].every((entry) => nameOf(entry) !== undefined);
  if (isNamed) return lists(before ?? [], after ?? [], at, found);
  const isObject = (value) => value && typeof value === 'object' && !Array.isArray(value);
  if (isObject(before) && isObject(after) && !(before.zh && before.en)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      walk(before[key], after[key], { ...at, path: [...at.path, key] }, found);
    }
    return;
  }
  found.push({ section: at.section, kind: 'changed', what: at.what, path: at.path.join(' › '), before: short(before),
    after: short(after) });
}

function lists(before, after, at, found) {
  const title = (entry) =>
    [at.what,
    entry.name?.zh ? named(entry.name) : entry.label?.zh ? named(entry.label) : String(nameOf(entry))].filter(Boolean)
    .join(' › ');
  const old = new Map(before.map((entry) => [nameOf(entry), entry]));
  const fresh = new Map(after.map((entry) => [nameOf(entry), entry]));
  for (const [name, entry] of old) if (!fresh.has(name)) found.push({ section: at.section, kind: 'removed',
    what: title(entry), path: at.path.join(' › ') });
  for (const [name, entry] of fresh) {
    if (!old.has(name)) found.push({ section: at.section, kind: 'added', what: title(entry),
      path: at.path.join(' › ') });
    else walk(old.get(name), entry, { section: at.section, what: title(entry), path: [] }, found);
  }
}
