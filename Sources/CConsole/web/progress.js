// The customer's page: how far one ticket is. It is shown to whoever has its key, and asks for nothing else.

import { fill, find, h } from './dom.js';
import { newKey, post } from './api.js';

const words = {
  title: ['工单进度查询', 'Progress of your ticket'],
  other: ['English', '中文'],
  number: ['工单号', 'Ticket number'],
  digits: ['联系电话后四位', 'Last four digits of your telephone'],
  look: ['查询', 'Look'],
  another: ['查询其他工单', 'Another ticket'],
  unknown: ['没有找到。请核对工单号和电话后四位。', 'Nothing was found. Check the number and the four digits.'],
  badKey: ['链接不完整或已过期，请输入工单号查询。', 'The link is not whole or has expired. Enter the number.'],
  wait: ['操作过于频繁，请在 {0} 后再试。', 'Too often. Try again in {0}.'],
  minutes: ['{0} 分钟', '{0} min'],
  hours: ['{0} 小时', '{0} h'],
  moved: ['工单刚刚有了新进展，请查看后再操作。', 'The ticket has just moved on. Look again.'],
  notNow: ['现在不能这样做，请查看最新进度。', 'Not possible now. See how far the ticket is.'],
  wrong: ['填写有误，请修改后再提交。', 'Something is not right. Correct it and send again.'],
  offline: ['暂时连接不上，请稍后再试。', 'No connection now. Try again later.'],
  done: ['已提交。', 'Sent.'],
  now: ['当前进度', 'Where it is'],
  stages: ['处理过程', 'What happened'],
  next: ['下一步', 'Next'],
  promised: ['承诺完成时间', 'Promised by'],
  before: ['原承诺 {0}，时间有变，非常抱歉。', 'It was {0} before. We are sorry that it has changed.'],
  passed: ['未能按承诺时间完成，非常抱歉，我们正在加紧处理。', 'We are late, and sorry. We are working on it.'],
  wasLate: ['完成晚于承诺时间，非常抱歉。', 'It was done later than promised. We are sorry.'],
  doneAt: ['完成时间', 'Done at'],
  expected: ['预计恢复时间', 'Expected back'],
  handler: ['处理人', 'Who has it'],
  announced: ['公告', 'Known fault'],
  notes: ['沟通记录', 'Messages'],
  noNotes: ['还没有留言。', 'No messages yet.'],
  you: ['您', 'You'],
  us: ['客服', 'The desk'],
  note: ['补充说明', 'Add a message'],
  expedite: ['催单', 'Ask to hurry'],
  expediteWhy: ['原因（可不填，今天还可催 {0} 次）', 'Why (may be left out; {0} more today)'],
  solved: ['确认解决', 'It is solved'],
  unsolved: ['未解决', 'It is not solved'],
  why: ['还有什么问题？', 'What is still wrong?'],
  rate: ['评价', 'Rate'],
  rated: ['您的评价：{0}', 'Your rating: {0}'],
  text: ['内容', 'Text'],
  send: ['提交', 'Send'],
};

const lengthMax = 500;
const pollMilliseconds = 15000;
const english = () => document.documentElement.lang === 'en';
const say = (name, value) => words[name][english() ? 1 : 0].replace('{0}', value);
const named = (text) => english() ? text.en : text.zh;
const minute = (text) => text.slice(0, 16).replace('T', ' ');
const time = (text) => h('time', { datetime: text }, minute(text));
const kept = (value) => {
  try {
    if (value === undefined) return sessionStorage.getItem('progress');
    if (value) sessionStorage.setItem('progress', value); else sessionStorage.removeItem('progress');
  } catch { /* Asked again after a reload, then. */ }
  return null;
};

let key = new URLSearchParams(location.hash.slice(1)).get('key') ?? kept();
let etag = null;
let shown = null;
let drawn = {};
let said = '';
const facts = h('div');
const acts = h('div');

const tell = (text) => { find('#live').textContent = text; };

function explain(problem) {
  if (problem.status === 429) {
    const minutes = Math.ceil((problem.seconds ?? 60) / 60);
    return say('wait', minutes < 120 ? say('minutes', minutes) : say('hours', Math.ceil(minutes / 60)));
  }
  const name = { 0: 'offline', 403: 'badKey', 404: 'unknown', 409: 'notNow', 412: 'moved', 422: 'wrong' };
  return say(name[problem.status] ?? 'offline');
}

async function ask(path, body, options) {
  const answer = await post(path, body, options);
  key = answer.data.key;
  etag = answer.etag;
  shown = answer.data.progress;
  kept(key);
  draw();
}

function field(name, label, input) {
  input.id = 'f-' + name;
  input.name = name;
  return [h('label', { for: input.id }, label), input];
}

/** A form that keeps what was written when it could not be sent; sent again unchanged, it is done once. */
function form(options, fields, button, job) {
  const problem = h('p.late', { role: 'alert', hidden: true });
  const send = h('button', button);
  let attempt = null;
  return h('form', { ...options, onsubmit: async (event) => {
    event.preventDefault();
    const content = Object.fromEntries(new FormData(event.target));
    const text = JSON.stringify(content);
    if (attempt?.text !== text) attempt = { text, key: newKey() };
    send.disabled = true;
    problem.hidden = true;
    try { await job(content, attempt.key); } catch (error) {
      if (error.status === undefined) throw error;
      problem.textContent = explain(error);
      problem.hidden = false;
      if (error.status === 409 || error.status === 412) refresh();
      if (error.status !== 0 && error.status !== 503) attempt = null;
    }
    send.disabled = false;
  } }, fields, problem, send);
}

function door() {
  const number = h('input', { required: true, maxlength: 64, autocomplete: 'off', autocapitalize: 'characters' });
  const digits = h('input', { required: true, maxlength: 4, pattern: '[0-9０-９]{4}', inputmode: 'numeric',
    autocomplete: 'off' });
  fill(find('#main'), h('h1', say('title')), said ? h('p.late', { role: 'alert' }, said) : null,
    form({ class: 'card' }, [field('number', say('number'), number), field('digits', say('digits'), digits)],
      say('look'), async ({ number, digits }) => {
        said = '';
        drawn = {};
        await ask('/api/progress', { number: number.trim(), phoneDigits: digits });
        find('#main').focus();
      }));
}

function act(id, label, fields, body, etagOf = () => undefined) {
  const whole = h('details', h('summary', label), form({}, fields, say('send'), async (content, attempt) => {
    drawn.acts = null;
    await ask('/api/progress/acts', { key, ...body(content) }, { key: attempt, etag: etagOf() });
    tell(say('done'));
    find('#main').focus();
  }));
  whole.dataset.act = id;
  return whole;
}

const area = (isRequired) => h('textarea', { rows: 3, maxlength: lengthMax, required: isRequired });
const choice = (options) =>
  h('select', { required: true }, h('option', { value: '' }), options.map((one) =>
    h('option', { value: one.id }, named(one.name))));

/** The labels of the standard are the desk's: `archive`, `follow-up result`. A customer is asked in its own words. */
const question = (step, one) => one.id === 'satisfaction' ? say('rate')
  : step.kind === 'reopen' && one.kind === 'text' ? say('why') : named(one.name);

function drawActs({ acts: can }) {
  fill(acts, h('section',
    can.steps.map((step) => act(step.step, say(step.kind === 'reopen' ? 'unsolved' : 'solved'),
      step.fields.map((one) => field(step.step + '-' + one.id, question(step, one),
        one.kind === 'choice' ? choice(one.options) : area(true))),
      (content) => ({ act: 'step', step: step.step, fields: Object.fromEntries(step.fields.map((one) =>
        [one.id, content[step.step + '-' + one.id]])) }), () => etag)),
    act('note', say('note'), field('note', say('text'), area(true)), ({ note }) => ({ act: 'note', text: note })),
    can.expedites ? act('expedite', say('expedite'), field('why', say('expediteWhy', can.expedites), area(false)),
      ({ why }) => ({ act: 'expedite', text: why })) : null,
    can.ratings.length ? act('rate', say('rate'), field('rating', say('rate'), choice(can.ratings)),
      ({ rating }) => ({ act: 'rate', rating })) : null,
    h('button.another', { type: 'button', onclick: leave }, say('another'))));
}

function drawFacts(progress) {
  const { promised, handler, stages, acts: can } = progress;
  const rating = can.ratings.find((one) => one.id === can.rated);
  const late = promised?.passed ? say(promised.doneAt ? 'wasLate' : 'passed') : null;
  fill(facts,
    h('h1', progress.number), h('p.soft', named(progress.type)),
    h('section.where', h('h2', say('now')), h('p.big', named(progress.stage)),
      promised ? h('p', say('promised'), ' ', time(promised.at)) : null,
      promised?.expectedAt ? h('p', say('expected'), ' ', time(promised.expectedAt)) : null,
      promised?.doneAt ? h('p', say('doneAt'), ' ', time(promised.doneAt)) : null,
      promised?.before.length ? h('p.late', say('before', minute(promised.before.at(-1)))) : null,
      late ? h('p.late', late) : null,
      handler ? h('p', say('handler'), ' ', [handler.department ? named(handler.department) : null, handler.person]
        .filter(Boolean).join(' · '), ' ', handler.phone
        ? h('a', { href: 'tel:' + handler.phone.replaceAll(' ', '') }, handler.phone) : null) : null,
      rating ? h('p.done', say('rated', named(rating.name))) : null),
    progress.announcements.length ? h('section', h('h2', say('announced')),
      progress.announcements.map((one) => h('p', named(one)))) : null,
    h('section', h('h2', say('stages')), h('ol.stages',
      stages.map((one, index) => h('li', { class: index === stages.length - 1 && !progress.isOver ? 'now' : '' },
        h('b', named(one.stage)), time(one.from))),
      progress.next ? h('li.next', h('b', named(progress.next)), say('next')) : null)),
    h('section', h('h2', say('notes')), progress.notes.length ? h('ul.notes', progress.notes.map((one) =>
      h('li', h('b', say(one.byCustomer ? 'you' : 'us')), ' ', time(one.at), '\n', one.text)))
      : h('p.soft', say('noNotes'))));
}

function draw() {
  document.title = say('title');
  find('#title').textContent = say('title');
  find('#language').textContent = say('other');
  find('#language').lang = english() ? 'zh-CN' : 'en';
  if (!shown) return door();
  // What is being written stays as it is while nothing else may be done than before.
  const [now, can] = [JSON.stringify({ ...shown, now: 0 }) + english(), JSON.stringify(shown.acts) + english()];
  if (drawn.facts !== now) drawFacts(shown);
  if (drawn.acts !== can) drawActs(shown);
  drawn = { facts: now, acts: can };
  if (!facts.isConnected || !acts.isConnected) fill(find('#main'), facts, acts);
  return null;
}

function leave() {
  key = shown = null;
  kept('');
  history.replaceState(null, '', location.pathname);
  draw();
}

async function refresh() {
  if (!key) return;
  try { await ask('/api/progress', { key }); } catch (problem) {
    if (problem.status === undefined) throw problem;
    if (problem.status !== 403 && problem.status !== 404) return tell(explain(problem));
    said = explain(problem);
    leave();
  }
}

find('#language').addEventListener('click', () => {
  document.documentElement.lang = english() ? 'zh-CN' : 'en';
  try { localStorage.setItem('language', english() ? 'en' : 'zh'); } catch { /* For now only. */ }
  draw();
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
setInterval(() => { if (!document.hidden && shown) refresh(); }, pollMilliseconds);
draw();
refresh();
