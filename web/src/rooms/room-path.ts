/**
 * Turns typed or pasted text into a path of this page: a whole link (its invite is kept), `/r/slug` or a slug.
 * @returns `null` when it is none of them.
 */
export function roomPathOf(text: string): string | null {
  const match = /^(?:https?:\/\/[^/\s]+\/r\/|\/?r\/)?([a-z0-9-]+)\/?(\?invite=[^\s&#]+)?$/i.exec(text.trim());
  const slug = match?.[1]?.toLowerCase();
  return slug ? `/r/${slug}${match?.[2] ?? ''}` : null;
}
