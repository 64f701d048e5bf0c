import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
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

/** The browser's own select: on a phone it opens the list that people know there. */
export function DeviceSelect({ label, icon, devices, value, onChange }: DeviceSelectProps) {
  const chosen = devices.find(({ deviceId }) => deviceId === value) ?? devices[0];
  return (
    <div className="device-select">
      {icon}
      <select
        className="device-select__list"
        aria-label={label}
        value={chosen?.deviceId ?? ''}
        disabled={devices.length === 0}
        onChange={(event) => onChange(event.target.value)}
      >
        {!chosen && <option value="">Default {label.toLowerCase()}</option>}
        {devices.map((device) => (
          <option key={device.deviceId} value={device.deviceId}>
            {nameOf(device)}
          </option>
        ))}
      </select>
      <ChevronDown size={16} className="device-select__arrow" aria-hidden="true" />
    </div>
  );
}

/** Without the vendor and product numbers that Chromium appends: `HD Webcam (046d:0825)`. */
function nameOf(device: MediaDeviceInfo): string {
  return device.label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/i, '');
}
