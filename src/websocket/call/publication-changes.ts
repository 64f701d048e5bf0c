import type { MediaSource, Publication } from '@minimeet/protocol';

export interface PublicationChange {
  source: MediaSource;
  change: 'published' | 'unpublished' | 'muted' | 'unmuted';
}

/** Compares a person's publications. A source goes on when another track of it replaces the first. */
export function publicationChanges(before: readonly Publication[], after: readonly Publication[]): PublicationChange[] {
  const changes: PublicationChange[] = [];
  for (const { source } of before) {
    if (!find(after, source)) changes.push({ source, change: 'unpublished' });
  }
  for (const { source, paused } of after) {
    const known = find(before, source);
    if (!known) changes.push({ source, change: 'published' });
    if (paused && !known?.paused) changes.push({ source, change: 'muted' });
    if (!paused && known?.paused) changes.push({ source, change: 'unmuted' });
  }
  return changes;
}

function find(publications: readonly Publication[], source: MediaSource): Publication | undefined {
  return publications.find((publication) => publication.source === source);
}
