import { LIMITS, type Participant, type ParticipantId, type Tile, type VideoSource } from '@minimeet/protocol';
import { capacityOf, tileSizes } from './layout.js';
import type { Layout } from './load.js';
import type { PersonPlan } from './plan.js';

interface Picture {
  participantId: ParticipantId;
  source: VideoSource;
}

/**
 * The tiles of a page in this layout. Screens come first; then, in the speaker layout, the speakers; the others stay in
 * the order in which they came.
 */
export function tilesFor(
  layout: Layout,
  others: Iterable<Participant>,
  activeSpeakers: readonly ParticipantId[],
): Tile[] {
  const pictures = [...others].flatMap(({ id, publications }) =>
    publications.flatMap(({ source }) => (isVideo(source) ? [{ participantId: id, source }] : [])),
  );
  const hasScreen = pictures.some(({ source }) => source === 'screen');
  const speakers = layout === 'speaker' ? activeSpeakers : [];
  const rank = ({ participantId, source }: Picture): number => {
    if (source === 'screen') return -1;
    const place = speakers.indexOf(participantId);
    return place < 0 ? LIMITS.participantsPerRoom : place;
  };
  const sorted = pictures.sort((a, b) => rank(a) - rank(b));
  return tileSizes(shownAs(layout, hasScreen), sorted.length).flatMap((size, index) => {
    const picture = sorted[index];
    return picture ? [{ ...picture, ...size }] : [];
  });
}

/** How many videos somebody in this layout is to receive when these others are all there. */
export function expectedVideos(layout: Layout, others: readonly PersonPlan[]): number {
  const sources = others.flatMap(({ publish }) => publish.filter((source) => source !== 'microphone'));
  return Math.min(sources.length, capacityOf(shownAs(layout, sources.includes('screen'))));
}

/** As on the page, a shared screen takes the middle, and people the strip beside it. */
function shownAs(layout: Layout, hasScreen: boolean): Layout {
  return hasScreen && layout !== 'all' ? 'speaker' : layout;
}

function isVideo(source: string): source is VideoSource {
  return source === 'camera' || source === 'screen';
}
