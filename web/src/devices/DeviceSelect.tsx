import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './DeviceSelect.css';

interface DeviceSelectProps {
  kind: 'camera' | 'microphone' | 'speaker';
  icon: ReactNode;
  devices: MediaDeviceInfo[];
  /** The device in use; '' is the system's default. */
  value: string;
  onChange: (deviceId: string) => void;
}

/** The browser's own select: on a phone it opens the list that people know there. */
export function DeviceSelect({ kind, icon, devices, value, onChange }: DeviceSelectProps) {
  const { t } = useTranslation('devices');
  const chosen = devices.find(({ deviceId }) => deviceId === value) ?? devices[0];
  return (
    <div className="device-select">
      {icon}
      <select
        className="device-select__list"
        aria-label={t(kind)}
        value={chosen?.deviceId ?? ''}
        disabled={devices.length === 0}
        onChange={(event) => onChange(event.target.value)}
      >
        {!chosen && <option value="">{t(`default.${kind}`)}</option>}
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
