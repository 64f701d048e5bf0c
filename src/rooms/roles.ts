import type { Role } from '@minimeet/protocol';

export const EVERYBODY: readonly Role[] = ['host', 'moderator', 'member', 'guest'];
export const ACCOUNTS: readonly Role[] = ['host', 'moderator', 'member'];
export const MODERATORS: readonly Role[] = ['host', 'moderator'];
export const HOSTS: readonly Role[] = ['host'];
