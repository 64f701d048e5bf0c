import './MessageSkeleton.css';

/** Where messages will be. */
export function MessageSkeleton({ rows }: { rows: number }) {
  return (
    <div className="message-skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="message-skeleton__row">
          <span className="message-skeleton__face" />
          <span className="message-skeleton__text" style={{ width: `${40 + ((index * 37) % 45)}%` }} />
        </div>
      ))}
    </div>
  );
}
