// Inputs for the fields of a standard's forms.

import { h } from './dom.js';
import { named } from './pack.js';
import { t } from './terms.js';

let serial = 0;

/** `2026-11-28T09:30` of an input, in the zone of the node, whose offset `sample` shows. */
const withZone = (text, sample) => text + ':00' + (/[+-]\d\d:\d\d$/.exec(sample ?? '')?.[0] ?? '+08:00');

/**
 * A form over some fields of a ticket type.
 * @param list fields of the pack
 * @param values what is there now, by field
 * @param files those of the ticket, for the fields that hold one; without any list these are left out
 * @returns {{element, read, show, set}} `read` gives values by field; `show` marks what the node refuses
 */
export function fieldset(pack, type, list, values = {}, { required = [], zone = '', files, oninput = () => {} } = {}) {
  const inputs = new Map();
  const rows = list.filter(({ kind }) => kind !== 'set' && (files || kind !== 'file')).map((field) => {
    const id = 'field-' + (serial += 1);
    const must = field.required || required.includes(field.id);
    const input = inputOf(pack, type, field, values[field.id], { id, must, files, oninput });
    const problem = h('small.problem', { id: id + '-problem', hidden: true });
    input.setAttribute('aria-describedby', problem.id);
    inputs.set(field.id, { field, input, problem, before: values[field.id] ?? null });
    const label = h('label', { for: id }, named(field.name),
      must ? h('b.must', { title: t('required') }, ' *') : null);
    const isLong = input.tagName === 'TEXTAREA' || field.id === 'subject';
    return h('div.field', { class: isLong ? 'long' : field.kind === 'boolean' ? 'flag' : '' }, label, input, problem);
  });
  return {
    element: h('div.fields', rows),
    inputs,
    read(isWhole = false) {
      const out = {};
      for (const [id, { field, input, before }] of inputs) {
        const value = valueOf(field, input, zone);
        if (isWhole ? value !== null : !same(field, value, before, zone)) out[id] = value;
      }
      return out;
    },
    show(errors) {
      let first = null;
      const others = [];
      for (const { input, problem } of inputs.values()) {
        problem.hidden = true;
        input.removeAttribute('aria-invalid');
      }
      for (const error of errors) {
        const found = inputs.get(error.field);
        if (!found) {
          others.push((pack?.fieldName(type, error.field.split('.')[0]) ?? error.field) + ' ' + said(error));
          continue;
        }
        found.problem.textContent = said(error);
        found.problem.hidden = false;
        found.input.setAttribute('aria-invalid', 'true');
        first ??= found.input;
      }
      first?.closest('details')?.setAttribute('open', '');
      first?.focus();
      return others;
    },
  };
}

/** What is wrong with a field: in the page's words for the commonest, in the node's for the rest. */
const said = ({ field, problem, code, values = [] }) =>
  t('problem.' + code, ...(field.endsWith('Fen') ? values.map((fen) => fen / 100) : values)) || problem;

function inputOf(pack, type, field, value, { id, must, files, oninput }) {
  const common = { id, name: field.id, required: must || null, oninput };
  switch (field.kind) {
    case 'file':
    case 'choice': {
      const isFile = field.kind === 'file';
      const options = isFile ? files.map(({ hash, name }) => ({ id: hash, name: { zh: name } }))
        : pack.options(type, field);
      const select = h('select', { ...common, onchange: oninput },
        h('option', { value: '' }, isFile && !options.length ? t('attachFirst') : '–'),
        options.map((option) =>
          h('option', { value: option.id, selected: option.id === value || null }, named(option.name))));
      if (value
        && !options.some((option) => option.id === value)) select.append(h('option', { value, selected: true },
        value));
      return select;
    }
    case 'boolean': return h('input',
      { ...common, required: null, type: 'checkbox', checked: value === true || null, onchange: oninput });
    case 'integer': return h('input', {
      ...common, inputmode: 'decimal', pattern: field.id.endsWith('Fen') ? '-?\\d+(\\.\\d{1,2})?' : '-?\\d+',
      value: value === null || value === undefined ? '' : field.id.endsWith('Fen') ? (value / 100).toFixed(2)
        : String(value),
    });
    case 'time': return h('input',
      { ...common, type: 'datetime-local', value: value ? String(value).slice(0, 16) : '' });
    default: {
      const isLong = (field.maxLength ?? 20000) > 300;
      const input = h(isLong ? 'textarea' : 'input',
        { ...common, maxlength: field.maxLength ?? null, rows: isLong ? '3' : null, autocomplete: 'off' });
      input.value = value ?? '';
      return input;
    }
  }
}

function valueOf(field, input, zone) {
  if (field.kind === 'boolean') return input.checked ? true : null;
  const text = input.value.trim();
  if (text === '') return null;
  if (field.kind === 'integer') return field.id.endsWith('Fen') ? Math.round(Number(text) * 100) : Number(text);
  if (field.kind === 'time') return withZone(text, zone);
  return text;
}

function same(field, value, before, zone) {
  if (field.kind === 'time' && value
    && before) return Date.parse(value) === Math.floor(Date.parse(before) / 60000) * 60000;
  if (field.kind === 'boolean') return (value === true) === (before === true);
  return value === before || (value === null && before === '');
}
