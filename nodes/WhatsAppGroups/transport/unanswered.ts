import { failure } from './errors';
import type { About } from './errors';
import { networkFaultOf } from './networkFaults';
import { TooLarge } from './response';

/** A request without a whole answer. */
export class Unanswered {
	private readonly fault;

	constructor(private readonly cause: unknown) {
		this.fault =
			cause instanceof TooLarge
				? {
						message: `The answer of the provider is larger than ${cause.maxBytes / 1024 / 1024} MB`,
						description: 'Ask for less at once, e.g. with a smaller Limit.',
						maySent: true,
						isTemporary: false,
					}
				: { ...networkFaultOf(cause), isTemporary: true };
	}

	/** What its answer has more of than is taken, in bytes; nothing where something else is wrong. */
	get exceeds(): number | undefined {
		return this.cause instanceof TooLarge ? this.cause.maxBytes : undefined;
	}

	/** Whether the same request may fare better. */
	get isTemporary(): boolean {
		return this.fault.isTemporary;
	}

	toError(about: About) {
		const { message, description, maySent } = this.fault;
		return failure(about, message, description, { isUnknown: maySent });
	}
}
