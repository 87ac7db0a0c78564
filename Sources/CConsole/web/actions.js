// What can be done with a ticket, why something cannot be, and the forms that ask for what is needed.

import { desk, explain, go } from './app.js';
import { newKey, post, Problem } from './api.js';
import { draftLine } from './asking.js';
import { dialog, h, recall, remember, toast } from './dom.js';
import { fieldset } from './fields.js';
import { allSites, named, siteName } from './pack.js';
import { stale } from './stale.js';
import { stamp } from './time.js';
import { wayOn } from './stages.js';
import { both, t } from './terms.js';

/** Dispatching steps that stand side by side before they are put together. */
const dispatchMax = 2;

export const text = (id, more = {}) => ({ id, name: both('field.' + id), kind: 'text', maxLength: 2000, ...more });
export const choice = (id, options, more = {}) =>
  ({ id, name: both('field.' + id), kind: 'choice', options, required: true, ...more });
const word = (key, id = key) => ({ id, name: both(key) });
export const branches = () => allSites().filter((site) => site.role === 'branch')
  .map((site) => ({ id: site.site, name: site.name }));

/**
 * The actions of a ticket's page, each with a label, perhaps a key, and a reason while it cannot be taken.
 * @param page has `ticket`, `pack`, `etag`, `load()`
 */
export function actionsOf({ ticket, pack }) {
  const isFinal = pack?.isFinal(ticket.type, ticket.state);
  const ended = isFinal ? t('why.final', pack.stateName(ticket.type, ticket.state)) : '';
  const stopped = ended || (!desk.isHub && ticket.heldBy ? t('why.taken') : '');
  const isForeign = !desk.isHub && ticket.owner !== desk.status.site;
  const elsewhere = isForeign ? t('why.owner', siteName(ticket.owner)) : '';
  const steps = stepsOf(ticket, pack);
  const rank = desk.can('supervisor') ? '' : t('why.role', t('access.supervisor'));
  const handOver = ticket.handOverTo ? [
    { id: 'acceptHandOver', label: t('act.acceptHandOver'), body: () => ({}) },
    { id: 'returnHandOver', label: t('act.returnHandOver'), fields: [text('reason', { required: true })],
      body: (values) => values },
  ] : [];
  const isOffered = ticket.transferTo && ticket.transferTo === desk.status.site;
  const transfer = isOffered ? [
    { id: 'acceptTransfer', label: t('act.acceptTransfer'), body: () => ({}) },
    { id: 'declineTransfer', label: t('act.declineTransfer'), body: () => ({}) },
  ] : [];
  return [
    ...steps, ...handOver, ...transfer,
    { id: 'note', key: 'm', label: t('act.note'), ...noteForm(ticket, pack) },
    {
      id: 'assign', key: 'e', label: t('act.assign'), reason: stopped, isConditional: true, values: ticket.fields,
      fields: [text('assignee', { maxLength: 100 }), ...editable(ticket, pack)],
      body: (values) => ({ fields: values }), onlyChanged: true,
    },
    {
      id: 'handOver', key: 't', label: t('act.handOver'),
      reason: stopped || (ticket.handOverTo ? t('why.noHandOver', pack?.department(ticket.handOverTo)) : ''),
      fields: [choice('to', pack?.departments ?? [], { name: both('field.department') }), text('reason')],
      body: (values) => values,
    },
    { id: 'expedite', key: 'u', label: t('act.expedite'), reason: ended, fields: [text('text')],
      body: (values) => values },
    { id: 'escalate', key: 'g', label: t('act.escalate'),
      reason: stopped || (ticket.home === desk.status.site ? '' : t('why.owner', siteName(ticket.home)))
        || (ticket.escalation ? t('why.escalated') : ''), fields: [text('reason', { required: true })],
      body: (values) => values },
    {
      id: 'requestRefund', label: t('act.requestRefund'), reason: stopped,
      fields: [text('charge', { required: true, maxLength: 100 }),
        { id: 'amountFen', name: both('field.amountFen'), kind: 'integer', required: true }, text('reason')],
      body: (values) => values,
    },
    {
      id: 'share', label: t('act.share'), reason: ended || elsewhere,
      fields: [choice('add', branches().filter((site) => site.id !== ticket.home),
        { name: both('field.collaborators') })], body: (values) => ({ add: [values.add] }),
    },
    {
      id: 'offerTransfer', label: t('act.offerTransfer'),
      reason: ended || elsewhere || (ticket.transferTo ? t('why.transfer', siteName(ticket.transferTo)) : ''),
      fields: [choice('to', branches().filter((site) => site.id !== ticket.home),
        { name: both('field.transferTo') })], body: (values) => values,
    },
    desk.isHub
      ? { id: 'take', label: t('act.take'), reason: rank || ended || (ticket.heldBy ? t('why.taken') : ''),
        body: () => ({}) } : null,
    desk.isHub
      ? { id: 'giveBack', label: t('act.giveBack'), reason: rank || (ticket.heldBy ? '' : t('why.notTaken')),
      fields: [text('reason', { required: true })], body: (values) => values } : null,
    desk.isHub
      ? { id: 'supervise', label: t('act.supervise'),
        reason: rank || ended || (ticket.fields.supervised ? t('why.supervised') : ''),
        fields: [text('reason', { required: true })], body: (values) => values } : null,
    desk.isHub
      ? { id: 'liftSupervision', label: t('act.liftSupervision'),
        reason: rank || (ticket.fields.supervised ? '' : t('why.notSupervised')),
        fields: [text('reason', { required: true })], body: (values) => values } : null,
    ...(desk.isHub ? [
      { id: 'reassign', label: t('act.reassign'), reason: rank || ended,
        fields: [choice('to', branches().filter((site) => site.id !== ticket.home), { name: both('field.home') }),
          text('reason', { required: true })], body: (values) => values },
      { id: 'announce', label: t('act.announce'), reason: rank || ended,
        open: async () => (await import('./announce.js')).publish(
          { category: ticket.category, site: ticket.home, ticket: ticket.number }) },
    ] : []),
    ...Object.entries(ticket.sets ?? {}).map(([id, values]) => setAction(ticket, pack, id, values, stopped)),
    ticket.steps ? stepAction(ticket, isFinal ? '' : stopped) : null,
    ticket.review ? voteAction(ticket, pack, stopped) : null,
    isFinal ? { id: 'case', label: t('act.case'),
      open: async () => (await import('./knowledge.js')).makeCase(ticket) } : null,
    { id: 'child', label: t('act.child'), reason: ended, path: '/new?parent=' + ticket.number },
  ].filter(Boolean);
}

/** The form, without what only steps ask for as long as none has. */
function editable(ticket, pack) {
  const asked = new Set((pack?.types.get(ticket.type)?.transitions ?? []).flatMap((rule) => rule.requires ?? []));
  return (pack?.fields(ticket.type) ?? [])
    .filter((field) => field.required || !asked.has(field.id) || ticket.fields[field.id] !== undefined);
}

/** The step that leads on comes first; where there are many departments to dispatch to, those come as one group. */
function stepsOf(ticket, pack) {
  const form = pack?.types.get(ticket.type);
  const ruleOf = (next) => form?.transitions.find((one) => one.name === next.name);
  const onward = form ? wayOn(form, ticket.state)[0] : null;
  const all = (ticket.nextSteps ?? []).map((next) => ({ next, rule: ruleOf(next) }));
  const isDispatch = ({ rule }) => rule?.kind === 'dispatch';
  const isGrouped = all.filter(isDispatch).length > dispatchMax;
  const rank = (one) => isGrouped && isDispatch(one) ? 1 : one.next.to === onward ? 0 : 2;
  all.sort((one, other) => rank(one) - rank(other));
  let number = 0;
  return all.map((one) => {
    const inGroup = isGrouped && isDispatch(one);
    if (!inGroup) number += 1;
    return { ...transition(ticket, pack, one.next), key: inGroup || number > 9 ? null : String(number),
      group: inGroup ? 'dispatch' : null };
  });
}

function transition(ticket, pack, next) {
  const fields = next.asks.map((id) => pack?.field(ticket.type, id)).filter((field) => field && field.kind !== 'set');
  return {
    id: 'transition', name: next.name, isStep: true, label: named(next.label),
    reason: next.why.map((why) => say(ticket, pack, why)).join('；'), isConditional: true,
    fields: fields.length ? fields : null, required: next.requires,
    values: ticket.fields, body: (values) => ({ name: next.name, fields: values }), onlyChanged: true,
  };
}

/** A reason of the node's why a step cannot be taken, in words. */
function say({ type, steps }, pack, { code, field, about }) {
  const name = (list, id) => named(list?.find((one) => (one.step ?? one.id) === id)?.name) || id;
  const role = (id) => name(pack?.document.roles, id);
  const words = {
    role, withinAuthority: role, stepsDone: (id) => name(steps, id), atOwner: siteName,
    noHandOver: (id) => pack?.department(id), childIs: (id) => pack?.typeName(id),
    differentPerson: (id) => named(pack?.types.get(type)?.transitions.find((one) => one.name === id)?.label) || id,
    fieldIs: (id) => pack?.value(type, field, id), fieldIsNot: (id) => pack?.value(type, field, id),
    covers: (id) => pack?.fieldName(type, id), within: (id) => pack?.fieldName(type, id),
  }[code] ?? ((id) => id);
  return t('why.' + (about[0] || code !== 'role' ? code : 'anyRole'), about.map(words).join('、'),
    field && (pack?.fieldName(type, field) ?? field));
}

/** What is added to a set of the form, and what is taken out of it. */
function setAction(ticket, pack, id, values, reason) {
  return {
    id: 'change', name: id, label: t('act.change', pack?.fieldName(ticket.type, id) ?? id), reason,
    fields: [text('add', { maxLength: 50000 }),
      choice('remove', values.map((value) => ({ id: value, name: { zh: value } })), { required: false })],
    body: ({ add = '', remove }) =>
      ({ field: id, add: add.split(/[,，、;；\n]/).map((one) => one.trim()).filter(Boolean),
        remove: remove ? [remove] : [] }),
  };
}

function noteForm(ticket, pack) {
  return {
    fields: [
      text('text', { required: true, maxLength: 20000, name: both('field.note') }),
      { id: 'visibility', name: both('field.public'), kind: 'boolean' },
    ],
    body: (values) => ({ text: values.text, visibility: values.visibility ? 'public' : 'internal' }),
    quick: (pack?.wordings(ticket.category) ?? [])
      .map((wording) => ({ label: t('insertWording'), text: named(wording), field: 'text', also: 'visibility' })),
  };
}

function stepAction(ticket, reason) {
  return {
    id: 'step', label: t('act.step'), reason,
    fields: [
      choice('step', ticket.steps.map((step) => ({ id: step.step, name: step.name }))),
      choice('to', ['begun', 'done', 'returned', 'exception'].map((state) => word('step.' + state, state)),
        { name: both('field.state') }), text('text'),
    ],
    body: (values) => values,
  };
}

function voteAction(ticket, pack, stopped) {
  const asked = pack?.types.get(ticket.type)?.review?.departments ?? [];
  return {
    id: 'vote', label: t('act.vote'), reason: stopped || (ticket.review.outcome === 'vetoed' ? t('review.vetoed') : ''),
    fields: [
      choice('department', (pack?.departments ?? []).filter((one) => asked.includes(one.id))),
      choice('choice', ['approve', 'reject', 'veto'].map((vote) => word('vote.' + vote, vote)),
        { name: both('field.vote') }), text('reason'),
    ],
    body: (values) => values,
  };
}

/** Takes an action: at once where nothing is asked, else through a form. */
export function run(page, action) {
  if (action.path) return go(action.path);
  if (action.open) return action.open();
  if (!action.fields) return perform(page, action, {}, newKey(), page.etag)
    .catch((problem) => toast(action.label + ': ' + explain(problem), 'late'));
  return ask(page, action);
}

async function perform(page, action, values, key, etag) {
  const body = { action: action.id, ...action.body(values) };
  await post(`/api/tickets/${page.ticket.id}/actions`, body, { key, etag: action.isConditional ? etag : undefined });
  toast(t('done', action.label));
  await page.load();
}

function ask(page, action) {
  const { ticket, pack } = page;
  const draftName = ['draft', desk.session.name, ticket.id, action.id, action.name ?? ''].join('.');
  const draft = recall(draftName);
  // Of a draft it is what was shown then that must not have changed.
  const etag = draft?.etag ?? page.etag;
  const keep = () => remember(draftName, { at: stamp(), etag, values: form.read() });
  const form = fieldset(pack, ticket.type, action.fields, { ...(action.values ?? {}), ...(draft?.values ?? {}) }, {
    required: action.required ?? [], zone: ticket.openedAt, files: ticket.attachments, oninput: keep,
  });
  // What was shown is what is compared with, also where a draft stands over it.
  for (const [id, entry] of form.inputs) entry.before = action.values?.[id] ?? null;
  const said = h('p.problem', { role: 'alert', hidden: true });
  const fail = (problem) => {
    const others = problem instanceof Problem ? form.show(problem.errors) : [];
    said.hidden = false;
    said.textContent = others.join('; ') || (problem.errors?.length ? t('lookAtFields') : explain(problem));
  };
  let key = newKey();
  const submit = async (event) => {
    event.preventDefault();
    const values = form.read(!action.onlyChanged);
    if (action.onlyChanged && action.id === 'assign' && !Object.keys(values).length) return box.close();
    button.disabled = true;
    try {
      await perform(page, action, values, key, etag);
      remember(draftName, null);
      box.close();
    } catch (problem) {
      if (problem.status === 412 && problem.changed) {
        box.close();
        return stale(page, action, values, problem, draftName);
      }
      fail(problem);
      // An attempt that was answered is over; one that was not may have been done and keeps its name.
      if (problem.status) key = newKey();
    } finally { button.disabled = false; }
  };
  const button = h('button.first', action.label);
  const box = dialog(`${action.label} · ${ticket.number}`, h('form', { onsubmit: submit },
    draftLine(draft, () => { remember(draftName, null); box.close(); ask(page, action); }),
    form.element,
    action.quick?.length ? h('div.quick', action.quick.map((one) => h('button.quiet', {
      type: 'button', title: one.text,
      onclick: () => {
        const { input } = form.inputs.get(one.field);
        input.value = (input.value ? input.value + '\n' : '') + one.text;
        form.inputs.get(one.also).input.checked = true;
        keep();
        input.focus();
      },
      }, one.label, h('small', one.text.slice(0, 24) + '…')))) : null,
    said, h('p.buttons',
      h('button', { type: 'button', onclick: () => box.close() }, t('cancel')),
      button)), { wide: action.fields.length > 5 });
  form.element.querySelector('input, select, textarea')?.focus();
  return box;
}

export { perform };
