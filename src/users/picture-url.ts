/**
 * A picture's path on this server, which cannot be guessed and never means another picture; `null` without a picture.
 */
export function pictureUrlOf(pictureId: string | null): string | null {
  return pictureId === null ? null : `/api/pictures/${pictureId}`;
}
