import './Logo.css';

/** Two people who make the letter m. */
export function LogoMark({ size = 32 }: { size?: number }) {
  return (
    <svg className="logo-mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect className="logo-mark__ground" width="32" height="32" rx="9" />
      <g fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round">
        <path d="M7 24.5v-4a4.5 4.5 0 0 1 9 0v4" />
        <path d="M16 20.5a4.5 4.5 0 0 1 9 0v4" />
      </g>
      <circle cx="11.5" cy="10" r="2.6" fill="#fff" />
      <circle cx="20.5" cy="10" r="2.6" fill="#fff" />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="logo">
      <LogoMark />
      <span className="logo__name">MiniMeet</span>
    </span>
  );
}
