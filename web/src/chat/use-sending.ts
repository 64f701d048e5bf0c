import { useOnce } from '../ui/use-once.js';
import { useChatDesk } from './chat-desk.js';
import { EMPTY_DRAFT, type ChangeDraft, type ComposerDraft } from './composer-draft.js';
import { mentionedIn } from './mention-text.js';

/** Sends the written text, or makes it the new text of the edited message, and empties the composer. */
export function useSending(
  { text, replyTo, editing, files }: ComposerDraft,
  onChange: ChangeDraft,
  onSent: () => void,
) {
  const { chat, outbox, people, fail } = useChatDesk();
  const everybody = [...people.values()];
  const { busy, run: saveEdit } = useOnce(async (id: string, said: string) => {
    await chat.editMessage(id, said, mentionedIn(said, everybody));
    onChange(EMPTY_DRAFT);
  }, fail);
  const said = text.trim();
  const canSend = editing ? said !== '' && said !== editing.before : said !== '' || files.length > 0;
  const send = () => {
    if (!canSend) return;
    chat.setTyping(false);
    if (editing) return saveEdit(editing.id, said);
    // The text goes with the first of several files.
    const [first = null, ...more] = files;
    outbox.send({ text: said, mentions: mentionedIn(said, everybody), replyTo, file: first });
    for (const file of more) outbox.send({ text: '', mentions: [], replyTo: null, file });
    onChange(EMPTY_DRAFT);
    onSent();
  };
  return { canSend, busy, send };
}
