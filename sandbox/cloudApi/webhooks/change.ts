import type { CloudHappening } from '../happenings';
import type { Variants } from './variants';

/** One element of `entry[].changes[]`; the account's own data are still to be added to `value`. */
export interface Change {
	field: string;
	value: Record<string, unknown>;
}

export type Happened<Type extends CloudHappening['type']> = Extract<CloudHappening, { type: Type }>;

export function timestampOf({ at }: { at: number }, { timestamp }: Variants): string | number {
	const seconds = Math.floor(at / 1000);
	return timestamp === 'number' ? seconds : String(seconds);
}
