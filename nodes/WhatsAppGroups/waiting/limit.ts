import { tryToParseDateTime, WAIT_INDEFINITELY } from 'n8n-workflow';
import { InvalidInput } from '../values/invalidInput';
import { isMissing } from '../values/values';
import type { Values } from '../values/values';

export const limitTypes = ['afterTimeInterval', 'atSpecifiedTime'] as const;

export const timeUnits = ['minutes', 'hours', 'days'] as const;

const minutesIn = { minutes: 1, hours: 60, days: 24 * 60 };

/** Until when the execution waits. Dates without a zone are in that of the workflow. */
export function readLimit(options: Values, timezone: string): Date {
	const form = options.collection('limitWaitTime');
	if (form.field('values').value === undefined) return WAIT_INDEFINITELY;
	const limit = form.collection('values');
	const isDate = limit.choice('limitType', limitTypes) === 'atSpecifiedTime';
	const until = isDate ? dateIn(limit, timezone) : afterInterval(limit);
	// What is later, or no date any more, n8n could not tell from for ever.
	return until < WAIT_INDEFINITELY ? until : WAIT_INDEFINITELY;
}

function afterInterval(limit: Values): Date {
	const amount = limit.number('resumeAmount', { min: 0 });
	const unit = limit.choice('resumeUnit', timeUnits) ?? 'hours';
	return new Date(Date.now() + amount * minutesIn[unit] * 60_000);
}

function dateIn(limit: Values, timezone: string): Date {
	const field = limit.field('maxDateAndTime');
	const { label, value } = field;
	const advice = 'Enter a date and time in the future.';
	if (value === undefined || value === null || value === '') throw isMissing(field, advice);
	const date = dateOf(value, timezone);
	if (!date) throw new InvalidInput(`'${label}' is not a date`, advice);
	if (date.getTime() <= Date.now()) throw new InvalidInput(`'${label}' has passed`, advice);
	return date;
}

function dateOf(value: unknown, timezone: string): Date | undefined {
	try {
		return tryToParseDateTime(value, timezone).toJSDate();
	} catch {
		return undefined;
	}
}
