import type { MetaSettings } from './settings';

/** Where webhooks go: the app's own URL, or one that overrides it (providers.md §4.4). */
export class Callbacks {
	/** Whether the app hears of the account at all. */
	isSubscribed = false;
	/** Instead of the app's URL, for all numbers of the account; `null` when there is none. */
	accountOverride: string | null = null;
	/** Instead of both, by id of the number. */
	numberOverrides: ReadonlyMap<string, string> = new Map();

	constructor(private readonly settings: () => MetaSettings) {}

	reset(): void {
		this.isSubscribed = false;
		this.accountOverride = null;
		this.numberOverrides = new Map();
	}

	/** An account's override is part of the subscription: one comes, and goes, with the other. */
	arrange(change: Partial<ReturnType<Callbacks['state']>>): void {
		const { accountOverride, isSubscribed, numberOverrides } = { ...this.state(), ...change };
		this.accountOverride = change.isSubscribed === false ? null : accountOverride;
		this.isSubscribed = isSubscribed || this.accountOverride !== null;
		this.numberOverrides = new Map(Object.entries(numberOverrides));
	}

	/** @param url empty to take the override away */
	overrideNumber(phoneNumberId: string, url: string): void {
		const others = [...this.numberOverrides].filter(([id]) => id !== phoneNumberId);
		this.numberOverrides = new Map(url === '' ? others : [...others, [phoneNumberId, url]]);
	}

	/** Where what happens to a number is sent, if anywhere: number, then account, then app. */
	urlFor(phoneNumberId: string): string | null {
		if (!this.isSubscribed) return null;
		const override = this.numberOverrides.get(phoneNumberId) ?? this.accountOverride;
		return override ?? (this.settings().appUrl || null);
	}

	/** As a number's `webhook_configuration` tells it: each level that is set, and no other. */
	configuration(phoneNumberId: string): Record<string, string> {
		const number = this.numberOverrides.get(phoneNumberId);
		const { appUrl } = this.settings();
		return {
			...(number !== undefined && { phone_number: number }),
			...(this.accountOverride !== null && { whatsapp_business_account: this.accountOverride }),
			...(appUrl !== '' && { application: appUrl }),
		};
	}

	state() {
		return {
			isSubscribed: this.isSubscribed,
			accountOverride: this.accountOverride,
			numberOverrides: Object.fromEntries(this.numberOverrides),
		};
	}
}
