// A form in a dialog that sends one request, and what is kept of one that was not sent.

import { desk, explain } from './app.js';
import { newKey, post, Problem } from './api.js';
import { dialog, h, recall, remember, toast } from './dom.js';
import { fieldset } from './fields.js';
import { moment, stamp } from './time.js';
import { t } from './terms.js';

/** That a form holds what was written earlier, and the way to be rid of that. */
export const draftLine = (draft, onclick) => draft?.at
  ? h('p.draft', t('draftFrom', moment(draft.at)), ' ', h('button.quiet', { type: 'button', onclick }, t('discard')))
  : null;

/**
 * Asks for some fields and posts what `body` makes of them; sent again after a failure it is the same request.
 * @param done called once the node has taken it
 * @param told what is said of its answer
 * @param etag of what the form was made of: refused where that has changed since
 * @param about what its draft is kept by beside the path; where nothing is said, what it sends when it is empty
 */
export function ask(label, fields, values, path, body,
  { done = () => {}, told = () => t('done', label), hint, send = label, etag, about = body({}) } = {}) {
  const name = ['draft', desk.session.name, path, JSON.stringify(about)].join('.');
  const draft = recall(name);
  // Of a draft it is what was shown then that must not have changed.
  const shown = draft ? draft.etag : etag;
  const form = fieldset(desk.pack, '', fields, draft?.values ?? values, { zone: desk.status.now,
    oninput: () => remember(name, { at: stamp(), etag: shown, values: form.read(true) }) });
  const said = h('p.problem', { role: 'alert' });
  const key = newKey();
  const forget = () => { remember(name, null); box.close(); };
  const box = dialog(label, h('form', {
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        const { data } = await post(path, body(form.read(true)), { key, etag: shown });
        forget();
        toast(told(data));
        done();
      } catch (problem) {
        const others = problem instanceof Problem ? form.show(problem.errors) : [];
        said.textContent = others.join('; ') || (problem.errors?.length ? t('lookAtFields') : explain(problem));
      }
    },
  }, draftLine(draft, () => { forget(); ask(...arguments); }), hint, form.element, said,
  h('p.buttons', h('button', { type: 'button', onclick: () => box.close() }, t('cancel')),
    h('button.first', send))), { wide: true });
  // Not on the button that drops the draft.
  form.element.querySelector('input, select, textarea')?.focus();
}
