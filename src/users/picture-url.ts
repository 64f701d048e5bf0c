/** A picture's path on this server, for everybody who is told of it: its id cannot be guessed and never means another picture. */
export function pictureUrlOf(pictureId: string | null): string | null {
  return pictureId === null ? null : `/api/pictures/${pictureId}`;
}
