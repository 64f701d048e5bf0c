import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Of a Grafana dashboard, what the tests look at. */
export interface Dashboard {
  uid: string;
  schemaVersion: number;
  panels: {
    id: number;
    type: string;
    title: string;
    description?: string;
    fieldConfig?: { defaults: { unit?: string } };
    targets?: { expr: string; datasource: { uid: string } }[];
  }[];
}

const FOLDER = fileURLToPath(new URL('../../deploy/grafana/dashboards/', import.meta.url));

/** The dashboards that come with the server. */
export const dashboards = readdirSync(FOLDER).map(
  (name) => JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')) as Dashboard,
);
