import { useState } from 'react';
import './Avatar.css';

/** Muted enough for white letters (contrast above 4.5 : 1), far enough apart to tell people by. */
const COLOURS = ['#0f766e', '#8a4b2d', '#44569c', '#7a4374', '#4d6b2c', '#99413f', '#2f6c8f', '#6d5a1f'];

/** The first letters of the first and the last word of a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** The same name always gets the same colour. */
function colourOf(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[hash % COLOURS.length] ?? '#0f766e';
}

interface AvatarProps {
  name: string;
  /** CSS pixels. */
  size: number;
  /** The person's picture, as the server names it; initials without one, and until it is there. */
  picture?: string | null;
}

/** A face, or initials on a colour; decoration beside a name that is written out. */
export function Avatar({ name, size, picture = null }: AvatarProps) {
  const [failed, setFailed] = useState<string | null>(null);
  return (
    <span
      className="avatar"
      aria-hidden="true"
      data-initials={initialsOf(name)}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.4), background: colourOf(name) }}
    >
      {picture !== null && picture !== failed && (
        <img className="avatar__picture" src={picture} alt="" decoding="async" onError={() => setFailed(picture)} />
      )}
    </span>
  );
}
