import type { Room } from '@minimeet/sdk';
import { memo } from 'react';
import { useReactions } from './use-reactions.js';
import './Reactions.css';

interface ReactionsProps {
  room: Room;
  say: (text: string) => void;
}

/** Reactions rise over the pictures for a moment; with less motion they stand, and go. Screen readers hear of them. */
export const Reactions = memo(function Reactions({ room, say }: ReactionsProps) {
  const floating = useReactions(room, say);
  return (
    <div className="rising-reactions" aria-hidden="true">
      {floating.map(({ id, reaction, name, lane }) => (
        <div key={id} className="rising-reactions__one" data-reaction={reaction} style={{ left: `${lane * 100}%` }}>
          <span className="rising-reactions__sign">{reaction}</span>
          <span className="rising-reactions__name">{name}</span>
        </div>
      ))}
    </div>
  );
});
