// The province's standard as this site has it: what everything is called, and which forms there are.

import { get } from './api.js';
import { language, t } from './words.js';

const packs = new Map();
let sites = [];

/** A text of the standard's in the language of the page. */
export const named = (name) => (name ? name[language()] || name.zh || '' : '');

/** @param version of a ticket's own standard; without one, that in force. Null where none has come yet. */
export async function packOf(version) {
  if (!version) {
    const { standards } = await get('/api/standards');
    version = standards.find((standard) => standard.current)?.version;
    if (!version) return null;
  }
  if (!packs.has(version)) {
    const made = get('/api/standards/' + encodeURIComponent(version)).then(({ standard }) => new Pack(standard));
    made.catch(() => packs.delete(version));
    packs.set(version, made);
  }
  return packs.get(version);
}

/** Looks up in earlier standards what the one in force has no name for. @returns whether names were found */
export async function older(pack, tickets) {
  const isUnknown = () =>
    tickets.some(({ category }) => category && !pack.categories.has(category) && !pack.past.has(category));
  if (!pack || !isUnknown()) return false;
  const { standards } = await get('/api/standards');
  for (const { version } of standards.filter((one) => one.version !== pack.version)) {
    const earlier = await packOf(version).catch(() => null);
    for (const [id, category] of earlier?.categories ?? []) if (!pack.past.has(id)) pack.past.set(id, category);
    if (!isUnknown()) return true;
  }
  // What no standard names keeps its own word, and is not looked up again.
  for (const { category } of tickets) if (category && !pack.categories.has(category)
    && !pack.past.has(category)) pack.past.set(category, null);
  return true;
}

export async function loadSites() { sites = (await get('/api/sites')).sites; }
export const allSites = () => sites;
export const siteName = (id) => named(sites.find((site) => site.site === id)?.name) || id || '–';

const byId = (list) => new Map((list ?? []).map((entry) => [entry.id, entry]));

class Pack {
  constructor(standard) {
    const document = standard.document;
    this.version = standard.version;
    this.document = document;
    this.types = byId(document.ticketTypes);
    this.categories = byId(document.categories);
    this.departments = document.departments ?? [];
    /** Categories that only earlier standards have, as far as they were looked up. */
    this.past = new Map();
    this.lists = {
      departments: document.departments, customerClasses: document.customerClasses, grades: document.grades,
      accessSchemes: document.accessSchemes, pauseReasons: document.pauseReasons,
      businesses: document.catalogue?.businesses, accessClasses: document.catalogue?.classes,
    };
    this.children = new Map();
    for (const category of document.categories ?? []) {
      const parent = category.parent ?? '';
      this.children.set(parent, [...(this.children.get(parent) ?? []), category]);
    }
  }

  gradeName(id) { return named(this.lists.grades?.find((grade) => grade.id === id)?.name) || id || ''; }
  className(id) { return named(this.lists.customerClasses?.find((one) => one.id === id)?.name) || id || ''; }
  typeName(id) { return named(this.types.get(id)?.name) || id; }
  department(id) { return named(this.departments.find((one) => one.id === id)?.name) || id; }

  state(type, id) {
    const types = type ? [this.types.get(type)] : [...this.types.values()];
    return types.flatMap((one) => one?.states ?? []).find((state) => state.id === id);
  }

  stateName(type, id) { return named(this.state(type, id)?.name) || id; }

  /** The colour group of a state. */
  tone(type, id) {
    const status = this.state(type, id)?.status;
    return { acknowledged: 'new', inProgress: 'work', pending: 'wait', held: 'wait', resolved: 'ok' }[status]
      ?? 'off';
  }

  isFinal(type, id) { return this.state(type, id)?.final === true; }

  /** The fields of a form, those of its sets first. */
  fields(type) {
    const form = this.types.get(type);
    if (!form) return [];
    const sets = (form.uses ?? [])
      .flatMap((id) => this.document.fieldSets?.find((set) => set.id === id)?.fields ?? []);
    return [...sets, ...form.fields];
  }

  /** A field of a form; where the type is not known, of whichever form has it. */
  field(type, id) {
    if (type) return this.fields(type).find((field) => field.id === id);
    for (const other of this.types.keys()) {
      const found = this.field(other, id);
      if (found) return found;
    }
    return undefined;
  }

  fieldName(type, id) { return named(this.field(type, id)?.name) || t('field.' + id) || id; }

  options(type, field) {
    if (field.options) return field.options;
    if (field.id === this.types.get(type)?.pauseField && this.lists.pauseReasons) return this.lists.pauseReasons;
    return this.lists[field.optionsFrom] ?? [];
  }

  category(id) { return named((this.categories.get(id) ?? this.past.get(id))?.name) || id || ''; }

  categoryPath(id) {
    const names = [];
    for (let at = this.categories.get(id); at; at = this.categories.get(at.parent)) names.unshift(named(at.name));
    return names.join(' › ') || id || '';
  }

  /** The categories that a ticket of a type may have, the narrowest of each branch only. */
  leaves(type) {
    if (!this.leavesOf) this.leavesOf = new Map();
    if (!this.leavesOf.has(type)) {
      const found = [];
      const walk = (list, allowed) => {
        for (const category of list ?? []) {
          const fits = category.types ? category.types.includes(type) : allowed;
          const below = this.children.get(category.id);
          if (below) walk(below, fits); else if (fits) found.push(category);
        }
      };
      walk(this.children.get(''), this.document.categories?.every((category) => !category.types));
      this.leavesOf.set(type, found);
    }
    return this.leavesOf.get(type);
  }

  /** A value as people read it; `files` are those of its ticket. */
  value(type, id, value, files) {
    if (value === null || value === undefined || value === '') return '–';
    if (value === true) return t('yes');
    if (value === false) return t('no');
    if (['home', 'transferTo', 'heldBy', 'collaborators'].includes(id)) return siteName(value);
    if (id === 'type') return this.typeName(value);
    if (id === 'articles') return value.replace(/^\S+@(\d+) (.*)/, '$2 v$1');
    if (id === 'category') return this.categoryPath(value);
    if (['department', 'handOverTo'].includes(id)) return this.department(value);
    const field = this.field(type, id);
    if (!field) return /^\d{4}-\d\d-\d\dT/.test(value) ? value.slice(0, 16).replace('T', ' ') : String(value);
    if (field.kind === 'time') return String(value).slice(0, 16).replace('T', ' ');
    if (field.kind === 'integer' && id.endsWith('Fen')) return yuan(value);
    if (field.kind === 'file') return files?.find((file) => file.hash === value)?.name ?? value;
    const option = this.options(type, field).find((one) => one.id === value);
    return option ? named(option.name) : String(value);
  }

  /** The wordings approved for a category or one above it. */
  wordings(category) {
    const ids = new Set();
    for (let at = this.categories.get(category); at; at = this.categories.get(at.parent)) ids.add(at.id);
    return (this.document.wordings ?? []).filter((wording) => wording.categories?.some((id) => ids.has(id)));
  }
}

export const yuan = (fen) => '¥' + (fen / 100).toFixed(2);
