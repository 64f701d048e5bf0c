import { FIGURES, type Figure, UNITS } from './gate-figures.js';
import type { GateResult, RuleResult, RunResult } from './run-result.js';

/** The rules that a run must fulfil. Made by `parseGate`. */
export interface Gate {
  rules: Rule[];
}

interface Rule {
  text: string;
  figure: Figure;
  operator: Operator;
  /** As written, in `unit`. */
  limit: number;
  unit: string;
}

const OPERATORS = {
  '<': (actual: number, limit: number) => actual < limit && !same(actual, limit),
  '<=': (actual: number, limit: number) => actual < limit || same(actual, limit),
  '=': same,
  '>=': (actual: number, limit: number) => actual > limit || same(actual, limit),
  '>': (actual: number, limit: number) => actual > limit && !same(actual, limit),
};
type Operator = keyof typeof OPERATORS;

/** A `--slo` that cannot be understood; the message says where and what would be. */
export class GateError extends Error {
  override name = 'GateError';
}

/**
 * Reads rules such as `join_p95<800ms,loss<0.5%,failed_joins=0`: a figure, one of `<` `<=` `=` `>=` `>`, a number and
 * its unit. Only zero needs no unit.
 * @throws GateError
 */
export function parseGate(text: string): Gate {
  const rules = text.split(',').map((part) => part.trim());
  if (rules.every((rule) => rule === '')) {
    throw new GateError('The gate is empty. An example: join_p95<800ms,loss<0.5%,failed_joins=0');
  }
  return { rules: rules.map(parseRule) };
}

/** Compares a run with what it must fulfil. A figure that was not measured breaks its rule. */
export function judge(gate: Gate, result: RunResult): GateResult {
  const rules = gate.rules.map((rule) => judgeRule(rule, result));
  return { passed: rules.every(({ passed }) => passed), rules };
}

function parseRule(text: string): Rule {
  const parts = /^(\w+)\s*([^\w\s.+-]+)\s*(.*)$/.exec(text);
  if (!parts) throw new GateError(`'${text}' is not a rule such as join_p95<800ms.`);
  const [, name = '', operator = '', value = ''] = parts;
  const figure = FIGURES.get(name);
  if (!figure) {
    throw new GateError(`'${text}': '${name}' is no figure of a run. There are: ${[...FIGURES.keys()].join(', ')}.`);
  }
  if (!isOperator(operator)) {
    throw new GateError(`'${text}': '${operator}' is none of the comparisons ${Object.keys(OPERATORS).join(' ')}.`);
  }
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(value) ?? [];
  if (number === undefined) throw new GateError(`'${text}': '${value}' is not a number.`);
  return { text, figure, operator, limit: Number(number), unit: unitOf(text, name, figure, unit, Number(number)) };
}

/** The unit's own spelling. */
function unitOf(text: string, name: string, figure: Figure, written: string, limit: number): string {
  const known = Object.keys(UNITS[figure.dimension]);
  const unit = written.replace(/^[µμ]s$/i, 'us');
  const found = known.find((one) => one.toLowerCase() === unit.toLowerCase());
  if (found !== undefined) return found;
  if (unit === '' && limit === 0) return figure.unit;
  if (figure.dimension === 'count') throw new GateError(`'${text}': ${name} is a count and has no unit.`);
  const wrong = unit === '' ? 'the unit is missing' : `'${written}' is not a unit of ${name}`;
  throw new GateError(`'${text}': ${wrong}. There are: ${known.join(', ')}.`);
}

function judgeRule({ text, figure, operator, limit, unit }: Rule, result: RunResult): RuleResult {
  const measured = figure.measure(result);
  const actual = measured === null ? null : measured / (UNITS[figure.dimension][unit] ?? NaN);
  return { rule: text, limit, actual, unit, passed: actual !== null && OPERATORS[operator](actual, limit) };
}

function isOperator(text: string): text is Operator {
  return Object.hasOwn(OPERATORS, text);
}

/** But for the rounding of the conversion between units. */
function same(actual: number, limit: number): boolean {
  return Math.abs(actual - limit) <= 1e-9 * Math.max(Math.abs(actual), Math.abs(limit));
}
