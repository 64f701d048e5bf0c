type Listener = (text: string) => void;

let listener: Listener | null = null;
let waiting: string[] = [];

/** Shows a sentence; kept until there is something that can show it. */
export function showToast(text: string): void {
  if (listener) listener(text);
  else waiting.push(text);
}

/** @returns a function that ends it. */
export function listenToToasts(next: Listener): () => void {
  listener = next;
  const kept = waiting;
  waiting = [];
  kept.forEach(next);
  return () => {
    if (listener === next) listener = null;
  };
}
