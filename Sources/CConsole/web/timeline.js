// What happened to a ticket: one list, with toggles for what is wanted.

import { fill, h, recall, remember } from './dom.js';
import { named, siteName, yuan } from './pack.js';
import { moment, whole } from './time.js';
import { t } from './terms.js';

const kinds = {
  moved: 'moves', overtaken: 'moves', created: 'moves', noted: 'notes', attached: 'files',
  assigned: 'changes', added: 'changes', removed: 'changes', lost: 'changes', settled: 'changes', counted: 'moves',
  requested: 'money', answered: 'money', voted: 'moves',
};
const handing = ['department', 'handOverTo', 'heldBy', 'transferTo', 'assignee', 'home'];
const groups = ['moves', 'notes', 'changes', 'files', 'money'];
/** The desk's own book-keeping, which says nothing to people. */
const unseen = ['pack', 'type', 'home', 'openedAt', 'source', 'sourceKey', 'sourceVersion', 'sourceTime',
  'sourceColumns', 'customer'];

const group = (effect) => effect.kind === 'assigned' && handing.includes(effect.field) ? 'moves' : kinds[effect.kind]
  ?? 'changes';

export function timelineView(ticket, pack) {
  const shown = new Set(recall('timeline', groups));
  const list = h('ol.timeline');
  const draw = () => {
    const entries = ticket.timeline.map((entry) => ({ entry, lines: lines(entry, ticket, pack, shown) }))
      .filter(({ lines }) => lines.length).reverse();
    const refused = ticket.refused.map((entry) =>
      ({ entry, lines: lines(entry, ticket, pack, new Set(groups)), isRefused: true }));
    fill(list, [...refused, ...entries].map(({ entry, lines, isRefused }) => item(entry, lines, isRefused)));
    if (!entries.length && !refused.length) fill(list, h('li.muted', t('nothingHere')));
  };
  const toggles = h('div.toggles', { role: 'group', 'aria-label': t('show') }, groups.map((name) => {
    const button = h('button.chip', {
      type: 'button', 'aria-pressed': String(shown.has(name)),
      onclick: () => {
        if (shown.has(name)) shown.delete(name); else shown.add(name);
        button.setAttribute('aria-pressed', String(shown.has(name)));
        remember('timeline', [...shown]);
        draw();
      },
      }, t('group.' + name));
    return button;
  }));
  draw();
  return [toggles, list];
}

function item(entry, lines, isRefused) {
  const isNote = entry.effects.some((effect) => effect.kind === 'noted');
  return h('li', { class: (isNote ? 'note ' : '') + (isRefused ? 'refused' : '') },
    h('p.by', h('time', { datetime: entry.at, title: whole(entry.at) }, moment(entry.at)), ' ',
      h('b', entry.actor === '*customer' ? t('customer') : entry.actor),
      ' ',
      h('span.muted', siteName(entry.site)),
      entry.state === 'onlyHere' ? h('span.here', { role: 'img', title: t('onlyHere'), 'aria-label': t('onlyHere') })
        : null,
      entry.state === 'sent' ? h('span.muted', ' · ' + t('sent')) : null,
      entry.corrected ? h('span.muted', ' · ' + t('corrected')) : null,
      isRefused ? h('span.tag', { 'data-tone': 'late' }, t('refusedBy', entry.reason)) : null),
    lines);
}

function lines(entry, ticket, pack, shown) {
  const isBirth = entry.effects.some((effect) => effect.kind === 'created');
  const made = [];
  for (const effect of entry.effects) {
    if (!shown.has(group(effect))) continue;
    if (isBirth && (unseen.includes(effect.field) || !shown.has('changes')) && effect.kind !== 'created'
      && effect.kind !== 'noted') continue;
    if (unseen.includes(effect.field) && effect.field !== 'home') continue;
    const line = say(effect, ticket, pack, isBirth);
    if (line) made.push(line);
  }
  return made;
}

function say(effect, ticket, pack, isBirth) {
  const { type } = ticket;
  const value = (value) => pack?.value(type, effect.field, value, ticket.attachments) ?? String(value ?? '–');
  const field = () => h('span.muted', pack?.fieldName(type, effect.field) ?? effect.field, ' ');
  switch (effect.kind) {
    case 'created': return h('p', h('b', t('opened')));
    case 'assigned': return h('p', field(),
      isBirth || effect.old === null ? null : [h('del', value(effect.old)), ' → '], h('ins', value(effect.new)));
    case 'lost': return h('p', h('span.tag', { 'data-tone': 'risk' }, t('conflict')), ' ', field(),
      t('lostTo', value(effect.value), value(effect.to)));
    case 'added': return h('p', field(), '＋ ', h('ins', value(effect.value)));
    case 'removed': return h('p', field(), '－ ', h('del', value(effect.value)));
    case 'counted': return h('p',
      h('b', effect.field === 'expedites' ? t('expedited') : pack?.fieldName(type, effect.field)),
      effect.by === 1 ? '' : ' +' + effect.by);
    case 'moved': return h('p', h('b', step(pack, type, effect.name)), ' ',
      h('span.muted', pack?.stateName(type, effect.from), ' → '), pack?.stateName(type, effect.to));
    case 'overtaken': return h('p', h('span.tag', { 'data-tone': 'risk' }, t('overtaken')), ' ',
      step(pack, type, effect.name), ' · ', pack?.stateName(type, effect.stage));
    case 'noted': return h('p.text',
      effect.visibility === 'public' ? h('span.tag', { 'data-tone': 'ok' }, t('public')) : null, effect.text);
    case 'attached': return h('p', '📎 ', effect.name, ' ', h('span.muted', size(effect.size)));
    case 'requested': return h('p', h('b', t('refundAsked', yuan(effect.amountFen))), ' ',
      h('span.muted', effect.charge, ' · ', effect.reason));
    case 'answered': return h('p', h('b', t('outcome.' + effect.outcome)), ' ', h('span.muted', effect.reason));
    case 'voted': return h('p', h('b', t('vote.' + effect.choice)), ' ', pack?.department(effect.department), ' ',
      h('span.muted', effect.reason));
    case 'settled': return h('p', t('conflictSettled'));
    default: return null;
  }
}

export const step = (pack, type, name) =>
  named(pack?.types.get(type)?.transitions.find((one) => one.name === name)?.label) || name;

export const size = (bytes) => bytes < 1024 ? bytes + ' B' : bytes < 1 << 20 ? (bytes / 1024).toFixed(0) + ' KB'
  : (bytes / (1 << 20)).toFixed(1) + ' MB';
