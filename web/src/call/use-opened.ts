import { useMemo, useState } from 'react';
import type { CallDialog, Panel } from './controls/call-controls.js';

/** Which dialog and which panel of the call is open, one of each at most; the functions stay the same ones. */
export function useOpened() {
  const [dialog, setDialog] = useState<CallDialog | null>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const actions = useMemo(
    () => ({
      show: setDialog,
      invite: () => setDialog('invite'),
      showRoom: () => setDialog('room'),
      closeDialog: () => setDialog(null),
      showPeople: () => setPanel('people'),
      togglePanel: (wanted: Panel) => setPanel((now) => (now === wanted ? null : wanted)),
      closePanel: () => setPanel(null),
    }),
    [],
  );
  return { dialog, panel, ...actions };
}
