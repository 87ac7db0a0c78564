// A form in a dialog that sends one request.

import { desk, explain } from './app.js';
import { newKey, post, Problem } from './api.js';
import { dialog, h, toast } from './dom.js';
import { fieldset } from './fields.js';
import { t } from './terms.js';

/**
 * Asks for some fields and posts what `body` makes of them; sent again after a failure it is the same request.
 * @param done called once the node has taken it
 * @param etag of what the form was made of: refused where that has changed since
 */
export function ask(label, fields, values, path, body, { done = () => {}, hint, send = label, etag } = {}) {
  const form = fieldset(desk.pack, '', fields, values, { zone: desk.status.now });
  const said = h('p.problem', { role: 'alert' });
  const key = newKey();
  const box = dialog(label, h('form', {
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        await post(path, body(form.read(true)), { key, etag });
        box.close();
        toast(t('done', label));
        done();
      } catch (problem) {
        const others = problem instanceof Problem ? form.show(problem.errors) : [];
        said.textContent = others.join('; ') || explain(problem);
      }
    },
  }, hint, form.element, said, h('p.buttons', h('button', { type: 'button', onclick: () => box.close() }, t('cancel')),
    h('button.first', send))), { wide: true });
}
