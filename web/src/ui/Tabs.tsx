import { Tabs as Base } from '@base-ui/react/tabs';
import { useState, type ReactNode } from 'react';
import './Tabs.css';

interface TabsProps {
  /** The accessible name of the row of tabs. */
  label: string;
  tabs: readonly { value: string; label: ReactNode; content: ReactNode }[];
  /** Leave both out to let it keep which one is shown. */
  value?: string;
  onChange?: (value: string) => void;
}

/** Several things in one place, one of them shown. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const [own, setOwn] = useState(tabs[0]?.value ?? '');
  return (
    <Base.Root value={value ?? own} onValueChange={(next: string) => (onChange ?? setOwn)(next)}>
      <Base.List className="tabs" aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className="tabs__tab">
            {tab.label}
          </Base.Tab>
        ))}
        <Base.Indicator className="tabs__indicator" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="tabs__panel">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
