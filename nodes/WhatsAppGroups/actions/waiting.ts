import type { INodeProperties } from 'n8n-workflow';
import type { Feature } from '../contract/provider';
import type { Values } from '../values/values';
import { only } from './operation';

const defaultSeconds = 60;

/** The fields of an operation that the provider may carry out later than it answers. */
export function waitFields(feature: Feature, description: string): INodeProperties[] {
	return [
		only(feature, {
			displayName: 'Wait for Result',
			name: 'waitForResult',
			type: 'boolean',
			default: false,
			description,
		}),
		only(feature, {
			displayName: 'Maximum Wait (Seconds)',
			name: 'maximumWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: defaultSeconds,
			description: 'How long to wait before it ends without a result',
			displayOptions: { show: { waitForResult: [true] } },
		}),
	];
}

/** Seconds to wait; 0 where the user does not want to. */
export function waitSecondsIn(values: Values): number {
	if (!values.flag('waitForResult', false)) return 0;
	return values.wholeNumber('maximumWait', defaultSeconds, { min: 1 });
}
