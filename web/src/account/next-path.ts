/** Where to go after signing in: only a path of this page, so that a crafted link cannot lead elsewhere. */
export function nextPath(search: URLSearchParams): string {
  const next = search.get('next');
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
