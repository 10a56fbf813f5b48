import type { ParticipantId } from './ids';
import type { Person } from './model';

/**
 * Everybody who could be in a group. A phone that nobody has used yet belongs to a new person
 * without a lid, so that the sandbox can be tried with any number.
 */
export class People {
	private readonly byPhone = new Map<string, Person>();

	clear(): void {
		this.byPhone.clear();
	}

	add(phone: string, details: Partial<Omit<Person, 'phone'>> = {}): Person {
		const person: Person = {
			phone,
			lid: null,
			name: `+${phone}`,
			phoneHidden: false,
			inviteOnly: false,
			onWhatsApp: true,
			...details,
		};
		this.byPhone.set(phone, person);
		return person;
	}

	all(): Person[] {
		return [...this.byPhone.values()];
	}

	/** Somebody known already; null otherwise. */
	known(id: ParticipantId): Person | null {
		if (id.kind === 'phone') return this.byPhone.get(id.digits) ?? null;
		return this.all().find((person) => person.lid === id.digits) ?? null;
	}

	/**
	 * Who WhatsApp finds for an id, if anybody.
	 * Assumed: a number of 7 to 15 digits nobody arranged otherwise is on WhatsApp (providers.md §3.3 [I]).
	 */
	onWhatsApp(id: ParticipantId): Person | null {
		const person = this.known(id);
		if (person) return person.onWhatsApp ? person : null;
		const isPhone = id.kind === 'phone' && /^[1-9]\d{6,14}$/.test(id.digits);
		return isPhone ? this.add(id.digits) : null;
	}
}
