import { memo, useMemo, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';
import { useChatDesk } from './chat-desk.js';
import { lightMarkdown, safeUrl } from './light-markdown.js';
import { partsOf, type Person } from './mention-text.js';
import './MessageText.css';

const ELEMENTS = ['p', 'strong', 'em', 'code', 'pre', 'br', 'a'];
/** The elements that may stand in a line, and in a button. */
const INLINE_ELEMENTS = ['strong', 'em', 'code'];
const PLUGINS = [lightMarkdown, remarkGfm, remarkBreaks];

interface MessageTextProps {
  text: string;
  /** The people whom it calls: their names are marked. */
  mentioned: readonly Person[];
}

/** Text with bold, italic, code and links; never HTML, and never a picture from somewhere else. */
export const MessageText = memo(function MessageText({ text, mentioned }: MessageTextProps) {
  const { self } = useChatDesk();
  const components = useMemo(() => componentsFor(mentioned, self.userId), [mentioned, self.userId]);
  return (
    <div className="message-text">
      <Markdown
        allowedElements={ELEMENTS}
        unwrapDisallowed
        skipHtml
        remarkPlugins={PLUGINS}
        urlTransform={safeUrl}
        components={components}
      >
        {text}
      </Markdown>
    </div>
  );
});

/** The same in a line or two, without links and names. */
export const InlineText = memo(function InlineText({ text }: { text: string }) {
  return (
    <Markdown allowedElements={INLINE_ELEMENTS} unwrapDisallowed skipHtml remarkPlugins={PLUGINS}>
      {text}
    </Markdown>
  );
});

function componentsFor(mentioned: readonly Person[], selfId: string): Components {
  const withNames = (children: ReactNode) => (mentioned.length > 0 ? markNames(children, mentioned, selfId) : children);
  return {
    a: ({ href, children }) =>
      href ? (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          {children}
        </a>
      ) : (
        <>{children}</>
      ),
    // A screen reader passes over what is scrolled away, a keyboard does not.
    pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
    p: ({ children }) => <p>{withNames(children)}</p>,
    strong: ({ children }) => <strong>{withNames(children)}</strong>,
    em: ({ children }) => <em>{withNames(children)}</em>,
  };
}

function markNames(children: ReactNode, mentioned: readonly Person[], selfId: string): ReactNode {
  if (Array.isArray(children)) {
    return children.map((child: ReactNode, index) => <Named key={index} {...{ mentioned, selfId }} child={child} />);
  }
  return <Named {...{ mentioned, selfId }} child={children} />;
}

function Named({ child, mentioned, selfId }: { child: ReactNode; mentioned: readonly Person[]; selfId: string }) {
  if (typeof child !== 'string') return child;
  return partsOf(child, mentioned).map(({ text, person }, index) =>
    person ? (
      <span key={index} className="mention" data-self={person.userId === selfId ? '' : undefined}>
        {text}
      </span>
    ) : (
      text
    ),
  );
}
