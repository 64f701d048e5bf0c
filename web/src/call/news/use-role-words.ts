import type { ParticipantId, Role } from '@minimeet/protocol';
import type { Room } from '@minimeet/sdk';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../ui/Toasts.js';

/** Says when one's own role changes, and when somebody else becomes host. */
export function useRoleWords(room: Room): void {
  const { t } = useTranslation('call');
  const toast = useToast();
  useEffect(() => {
    const roles = new Map<ParticipantId, Role>();
    for (const { id, role } of [room.self, ...room.participants.values()]) roles.set(id, role);
    const offs = [
      room.on('participant-joined', ({ id, role }) => void roles.set(id, role)),
      room.on('participant-left', ({ id }) => void roles.delete(id)),
      room.on('participant-updated', ({ id, role, displayName: name }) => {
        const before = roles.get(id);
        roles.set(id, role);
        if (before === undefined || before === role) return;
        if (id === room.self.id) toast(t(`news.role.${role}`));
        else if (role === 'host') toast(t('news.otherHost', { name }));
      }),
    ];
    return () => offs.forEach((off) => off());
  }, [room, toast, t]);
}
