import type { MediaSource, Publication } from '@minimeet/protocol';
import { type PublicationChange, publicationChanges } from './publication-changes.js';

/** The publications of a stay now, as the others were told. */
export class Published {
  private publications: Publication[] = [];
  private readonly silencedByOthers = new Set<MediaSource>();

  constructor(private readonly onChange: (change: PublicationChange & { byOther: boolean }) => void) {}

  get now(): Publication[] {
    return this.publications;
  }

  get microphoneIsOn(): boolean {
    return this.publications.some(({ source, paused }) => source === 'microphone' && !paused);
  }

  /** The next change of this source was somebody else's doing. */
  silenced(source: MediaSource): void {
    this.silencedByOthers.add(source);
  }

  replace(publications: Publication[]): void {
    const changes = publicationChanges(this.publications, publications);
    this.publications = publications;
    for (const change of changes) {
      const isEnd = change.change === 'muted' || change.change === 'unpublished';
      this.onChange({ ...change, byOther: isEnd && this.silencedByOthers.has(change.source) });
    }
    // The acts of others are all told by now.
    this.silencedByOthers.clear();
  }
}
