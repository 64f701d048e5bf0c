import type { Attachment, MessageId, QuotedMessage, UserId } from '@minimeet/protocol';
import { randomUuid, type Chat } from '@minimeet/sdk';
import { sentenceOf } from '../session/sentences.js';
import { withApi } from '../session/session.js';

/** A message to send. */
export interface Draft {
  text: string;
  mentions: UserId[];
  replyTo: QuotedMessage | null;
  file: File | null;
}

/** One's own message on its way. */
export interface Outgoing extends Draft {
  /** Also its id on the server, so that another try stores it once. */
  id: MessageId;
  /** The progress of a file's upload, 0..1; `null` when there is none (any more). */
  progress: number | null;
  /** The reason why it was not sent; `null` while it is being sent. */
  problem: string | null;
}

const outboxes = new WeakMap<Chat, Outbox>();

/** Sending in a chat goes on when the chat is not shown. */
export function outboxOf(chat: Chat): Outbox {
  let outbox = outboxes.get(chat);
  if (!outbox) outboxes.set(chat, (outbox = new Outbox(chat)));
  return outbox;
}

/**
 * Messages on their way, in the order in which they were sent. Files are uploaded beside one another; words sent
 * meanwhile do not wait for them.
 */
export class Outbox {
  readonly #chat: Chat;
  readonly #listeners = new Set<() => void>();
  readonly #uploads = new Map<MessageId, AbortController>();
  /** An uploaded file is kept, so that it is not uploaded again when sending it fails. */
  readonly #uploaded = new Map<MessageId, Attachment>();
  #words: Promise<void> = Promise.resolve();
  #files: Promise<void> = Promise.resolve();
  #outgoing: readonly Outgoing[] = [];

  constructor(chat: Chat) {
    this.#chat = chat;
    chat.on('message', ({ id }) => this.#remove(id));
  }

  /** The first sent first; a new array whenever it changes. */
  readonly getSnapshot = (): readonly Outgoing[] => this.#outgoing;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  send(draft: Draft): void {
    const outgoing: Outgoing = { ...draft, id: randomUuid(), progress: draft.file ? 0 : null, problem: null };
    this.#set([...this.#outgoing, outgoing]);
    this.#deliver(outgoing);
  }

  retry(id: MessageId): void {
    const failed = this.#outgoing.find((one) => one.id === id && one.problem !== null);
    if (!failed) return;
    this.#change(id, { problem: null, progress: failed.file && !this.#uploaded.has(id) ? 0 : null });
    this.#deliver(failed);
  }

  /** Gives up on one that failed, or whose file is still being uploaded. */
  discard(id: MessageId): void {
    this.#uploads.get(id)?.abort();
    this.#remove(id);
  }

  #deliver(outgoing: Outgoing): void {
    if (outgoing.file === null) {
      this.#words = this.#words.then(() => this.#send(outgoing, null));
      return;
    }
    const upload = this.#upload(outgoing.id, outgoing.file);
    // Before its turn nobody else hears of its failure.
    upload.catch(() => undefined);
    this.#files = this.#files.then(() => this.#send(outgoing, upload));
  }

  async #send({ id, text, mentions, replyTo }: Outgoing, upload: Promise<Attachment> | null): Promise<void> {
    try {
      const attachment = await upload;
      // Discarded meanwhile.
      if (!this.#outgoing.some((one) => one.id === id)) return;
      const content = attachment
        ? { type: attachment.kind, attachmentId: attachment.id, text }
        : { type: 'text' as const, text };
      await this.#chat.sendMessage(content, { id, mentions, replyTo: replyTo?.id });
      this.#uploaded.delete(id);
      // A message of somebody else that is still missing holds it back: it stays among those on their way until then.
      if (this.#chat.messages.some((message) => message.id === id)) this.#remove(id);
    } catch (error) {
      this.#change(id, { problem: sentenceOf(error), progress: null });
    }
  }

  async #upload(id: MessageId, file: File): Promise<Attachment> {
    const before = this.#uploaded.get(id);
    if (before) return before;
    const abort = new AbortController();
    this.#uploads.set(id, abort);
    try {
      const attachment = await withApi((api) =>
        api.uploadAttachment(this.#chat.slug, file, {
          fileName: file.name,
          signal: abort.signal,
          onProgress: (progress) => this.#change(id, { progress }),
        }),
      );
      this.#uploaded.set(id, attachment);
      this.#change(id, { progress: null });
      return attachment;
    } finally {
      this.#uploads.delete(id);
    }
  }

  #change(id: MessageId, changes: Partial<Outgoing>): void {
    this.#set(this.#outgoing.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  }

  #remove(id: MessageId): void {
    if (this.#outgoing.some((one) => one.id === id)) this.#set(this.#outgoing.filter((one) => one.id !== id));
  }

  #set(outgoing: readonly Outgoing[]): void {
    this.#outgoing = outgoing;
    this.#listeners.forEach((listener) => listener());
  }
}
