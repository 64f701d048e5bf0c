import type { ComponentProps } from 'react';
import { ModerationFrame } from '../people/ModerationFrame.js';
import type { NetworkWatch } from './network/network-watch.js';
import { NetworkContext } from './network/use-network.js';

interface CallContextsProps extends ComponentProps<typeof ModerationFrame> {
  network: NetworkWatch;
}

/** Gives the network watch and the moderation to everything in a call, however deep it lies. */
export function CallContexts({ network, ...moderation }: CallContextsProps) {
  return (
    <NetworkContext value={network}>
      <ModerationFrame {...moderation} />
    </NetworkContext>
  );
}
