import { Check, ChevronDown } from 'lucide-react';
import { Select } from 'radix-ui';
import type { ReactNode } from 'react';
import '../ui/Menu.css';
import './DeviceSelect.css';

interface DeviceSelectProps {
  /** The accessible name: Camera, Microphone, Speaker. */
  label: string;
  icon: ReactNode;
  devices: MediaDeviceInfo[];
  /** The device in use; '' is the system's default. */
  value: string;
  onChange: (deviceId: string) => void;
}

export function DeviceSelect({ label, icon, devices, value, onChange }: DeviceSelectProps) {
  const chosen = devices.find(({ deviceId }) => deviceId === value) ?? devices[0];
  return (
    <Select.Root value={chosen?.deviceId ?? ''} onValueChange={onChange} disabled={devices.length === 0}>
      <Select.Trigger className="device-select" aria-label={label}>
        {icon}
        <span className="device-select__name">{chosen ? nameOf(chosen) : `Default ${label.toLowerCase()}`}</span>
        <Select.Icon className="device-select__arrow">
          <ChevronDown size={16} aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className="menu" position="popper" sideOffset={6} collisionPadding={12}>
          <Select.Viewport>
            {devices.map((device) => (
              <Select.Item key={device.deviceId} value={device.deviceId} className="menu__item menu__item--choice">
                <Select.ItemIndicator className="menu__tick">
                  <Check size={16} aria-hidden="true" />
                </Select.ItemIndicator>
                <Select.ItemText>{nameOf(device)}</Select.ItemText>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

/** Without the vendor and product numbers that Chromium appends: `HD Webcam (046d:0825)`. */
function nameOf(device: MediaDeviceInfo): string {
  return device.label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/i, '');
}
