// Requests to this node. Nothing else is ever asked.

let csrf = '';

export function setCsrf(token) { csrf = token ?? ''; }

/** A refusal of the node's, or that it could not be reached (status 0). */
export class Problem extends Error {
  constructor(status, body, etag) {
    super(body?.detail ?? '');
    this.status = status;
    this.errors = body?.errors ?? [];
    this.findings = body?.findings ?? [];
    this.changed = body?.changed ?? null;
    this.seconds = body?.retryAfter;
    this.etag = etag;
  }
}

/** Names one attempt: sent again with the same key, a request is done once. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/**
 * @returns {Promise<{status: number, data: object, etag: ?string}>}
 * @throws Problem
 */
export async function send(method, path, { body, etag, key, type, signal } = {}) {
  // The node says why it refuses something in the language of the page.
  const headers = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang };
  if (method !== 'GET') headers['Tributary-CSRF'] = csrf;
  if (etag) headers['If-Match'] = etag;
  if (key) headers['Idempotency-Key'] = key;
  let content = body;
  if (type) headers['Content-Type'] = type;
  else if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    content = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path,
      { method, headers, body: content, signal, credentials: 'same-origin', cache: 'no-store' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, null, null);
  }
  const text = await response.text();
  let data = null;
  try { data = text ? JSON.parse(text) : null; } catch { /* Not ours to read. */ }
  if (!response.ok) {
    if (response.status === 401 && !path.startsWith('/api/session')) document.dispatchEvent(new Event('signedout'));
    throw new Problem(response.status, data, response.headers.get('ETag'));
  }
  return { status: response.status, data, etag: response.headers.get('ETag') };
}

export const get = async (path, options) => (await send('GET', path, options)).data;
export const post = (path, body, options = {}) => send('POST', path, { ...options, body });

/** What a route gives, or `fallback` where this node has no such route or does not show it to this person. */
export async function getOr(path, fallback) {
  try { return await get(path); } catch (problem) {
    if (problem instanceof Problem && [403, 404, 405, 409].includes(problem.status)) return fallback;
    throw problem;
  }
}

/** A query string without what is empty. */
export function query(values) {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length ? '?' + new URLSearchParams(pairs) : '';
}
