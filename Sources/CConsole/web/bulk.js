// One action over many tickets, with what became of each.

import { branches, choice, text } from './actions.js';
import { desk, explain } from './app.js';
import { newKey, post } from './api.js';
import { dialog, fill, h, tell, toast } from './dom.js';
import { fieldset } from './fields.js';
import { named, siteName } from './pack.js';
import { both, t } from './terms.js';

const atOnce = 4;

/** @param selected tickets as lists have them, by identifier; those that were tried are taken out of it */
export function open(selected, ondone) {
  const { pack } = desk;
  const tickets = [...selected.values()];
  const types = [...new Set(tickets.map((ticket) => ticket.type))];
  const reason = text('reason', { required: true });
  const plain = (id, ...fields) =>
    ({ id, label: t('act.' + id), fields, body: (values) => ({ action: id, ...values }) });
  const skip = (ticket, { to }, { id }) => id === 'supervise' && ticket.supervised ? t('why.supervised')
    : ticket.home === to ? t('why.owner', siteName(to))
    : pack?.isFinal(ticket.type, ticket.state) ? t('why.final', pack.stateName(ticket.type, ticket.state)) : '';
  const actions = [
    { id: 'note', label: t('act.note'), fields: [text('text', { required: true, name: both('field.note') })],
      body: (values) => ({ action: 'note', text: values.text, visibility: 'internal' }) },
    plain('handOver', choice('to', pack?.departments ?? [], { name: both('field.department') }), text('reason')),
    { id: 'assignee', label: t('field.assignee'), fields: [text('assignee', { required: true, maxLength: 100 })],
      body: (values) => ({ action: 'assign', fields: values }) },
    plain('expedite', text('text')), plain('acceptHandOver'),
    // The province's own.
    ...desk.isHub && desk.can('supervisor') ? [plain('take'), plain('supervise', reason),
      plain('reassign', choice('to', branches(), { name: both('field.home') }), reason)]
      .map((action) => ({ ...action, skip })) : [],
    ...steps(pack, types, tickets),
  ];
  const area = h('div');
  let form = null;
  let chosen = actions[0];
  const choose = (id) => {
    chosen = actions.find((action) => action.id === id);
    form = fieldset(pack, types[0], chosen.fields, {}, { required: chosen.required ?? [], zone: desk.status.now });
    fill(area, form.element);
  };
  const select = h('select', { id: 'bulk-action', onchange: () => choose(select.value) },
    actions.map((action) => h('option', { value: action.id }, action.label)));
  choose(chosen.id);
  const body = h('form', {
    onsubmit: (event) => {
      event.preventDefault();
      go(tickets, chosen, form.read(true), body, box, selected);
    },
    }, h('div.field', h('label', { for: 'bulk-action' }, t('action')), select), area,
    h('p.buttons', h('button', { type: 'button', onclick: () => box.close() }, t('cancel')),
      h('button.first', t('bulkRun', tickets.length))));
  const box = dialog(t('bulkTitle', tickets.length), body, { wide: true, onclose: ondone });
}

/** The steps that at least one of the tickets can take. */
function steps(pack, types, tickets) {
  return types.flatMap((type) => (pack?.types.get(type)?.transitions ?? [])
    .filter((rule) => tickets.some((ticket) => ticket.type === type && rule.from.includes(ticket.state)))
      .map((rule) => ({
      id: type + '.' + rule.name, label: (types.length > 1 ? pack.typeName(type) + ' · ' : '') + named(rule.label),
      required: rule.requires ?? [],
      fields: (rule.requires ?? []).map((id) => pack.field(type, id)).filter(Boolean),
      body: (values) =>
        ({ action: 'transition', name: rule.name, ...(Object.keys(values).length ? { fields: values } : {}) }),
      skip: (ticket) => ticket.type !== type ? t('otherType') : rule.from.includes(ticket.state) ? ''
        : t('otherState', pack.stateName(ticket.type, ticket.state)),
  })));
}

async function go(tickets, action, values, body, box, selected) {
  const rows = tickets.map((ticket) => ({ ticket, cell: h('td.muted', '…') }));
  const count = { done: 0, failed: 0 };
  const said = h('p', { role: 'status' });
  const meter = h('progress', { max: String(tickets.length), value: '0', 'aria-label': action.label });
  let isRunning = true;
  // What is under way is waited for: its row says what became of it.
  const stop = (event) => {
    if (!isRunning) box.close();
    event.preventDefault();
    isRunning = false;
  };
  const button = h('button.first', { type: 'button', onclick: stop }, t('stop'));
  box.addEventListener('cancel', stop);
  fill(body, said, meter,
    h('div.scroll',
      h('table.results',
        h('thead',
          h('tr', h('th', { scope: 'col' }, t('column.number')), h('th', { scope: 'col' }, t('column.subject')),
            h('th', { scope: 'col' }, t('result')))),
        h('tbody',
          rows.map(({ ticket, cell }) =>
            h('tr', h('td', h('a', { href: '/tickets/' + ticket.number, target: '_blank' }, ticket.number)),
              h('td', ticket.subject), cell))))),
    h('p.buttons', button));
  button.focus();
  let at = 0;
  const next = async () => {
    while (at < rows.length && isRunning && box.open) {
      const { ticket, cell } = rows[at];
      at += 1;
      selected.delete(ticket.id);
      const skipped = action.skip?.(ticket, values, action);
      try {
        if (skipped) throw Object.assign(new Error(skipped), { isSkip: true });
        await post(`/api/tickets/${ticket.id}/actions`, action.body(values), { key: newKey() });
        fill(cell, h('span.tag', { 'data-tone': 'ok' }, t('bulkDone')));
        count.done += 1;
      } catch (problem) {
        fill(cell,
          h('span.tag', { 'data-tone': problem.isSkip ? 'off' : 'late' },
            problem.isSkip ? t('skipped') : t('failed')), ' ', problem.isSkip ? problem.message : explain(problem));
        count.failed += 1;
        if ([0, 401].includes(problem.status)) isRunning = false;
      }
      meter.value = count.done + count.failed;
      said.textContent = t('bulkResult', count.done, count.failed, tickets.length - meter.value);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  isRunning = false;
  for (const { cell } of rows.slice(at)) fill(cell, t('notBegun'));
  button.textContent = t('close');
  if (box.open) tell(said.textContent); else toast(said.textContent);
}
