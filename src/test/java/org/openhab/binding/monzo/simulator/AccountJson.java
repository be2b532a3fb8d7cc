/*
 * Copyright (c) 2026 Contributors to the openHAB Monzo binding
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.monzo.simulator;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Set;

/** Accounts and balances in Monzo's JSON. */
final class AccountJson {
    private static final Set<String> WITH_BANK_DETAILS = Set.of("uk_retail", "uk_retail_joint", "uk_business");
    private static final String SORT_CODE = "040004";

    private AccountJson() {}

    static JsonObject account(BankAccount account) {
        JsonObject json = new JsonObject();
        json.addProperty("id", account.id());
        json.addProperty("description", description(account));
        json.addProperty("created", Timestamps.text(account.created()));
        if (account.form() == JsonForm.DOCS) {
            return json;
        }
        json.addProperty("closed", account.isClosed());
        json.addProperty("type", account.type());
        json.addProperty("currency", account.currency());
        json.addProperty("country_code", "GB");
        json.add("owners", owners(account));
        boolean newest = account.form() == JsonForm.NEWEST;
        if (newest) {
            addWhatIsNew(account, json);
        }
        if (WITH_BANK_DETAILS.contains(account.type())) {
            addBankDetails(account, json, newest);
        }
        return json;
    }

    static JsonObject balance(BankAccount account) {
        JsonObject json = new JsonObject();
        json.addProperty("balance", account.balance());
        json.addProperty("currency", account.currency());
        Long total = account.totalBalance();
        Long spendToday = account.spendToday();
        if (total != null) {
            json.addProperty("total_balance", total);
        }
        if (spendToday != null) {
            json.addProperty("spend_today", spendToday);
        }
        if (account.form() == JsonForm.DOCS) {
            return json;
        }
        if (total != null) {
            json.addProperty("balance_including_flexible_savings", total);
        }
        json.addProperty("local_currency", account.localCurrency());
        json.addProperty("local_exchange_rate", account.localRate());
        JsonArray localSpend = new JsonArray();
        if (spendToday != null && spendToday != 0) {
            JsonObject spend = new JsonObject();
            spend.addProperty("spend_today", spendToday);
            spend.addProperty("currency", account.currency());
            localSpend.add(spend);
        }
        json.add("local_spend", localSpend);
        return json;
    }

    private static String description(BankAccount account) {
        String owner = account.owners().get(0).userId();
        String suffix = account.id().substring("acc_".length());
        return switch (account.type()) {
            case "uk_retail_joint" ->
                "Joint account between " + owner + " and "
                        + account.owners().get(account.owners().size() - 1).userId();
            case "uk_monzo_flex" -> "monzoflex_" + suffix;
            case "uk_monzo_flex_backing_loan" -> "monzoflexbackingloan_" + suffix;
            case "uk_rewards" -> "rewardsoptin_" + suffix;
            case "uk_loan" -> "loan_" + suffix;
            case "uk_retail_young" -> "";
            default -> owner;
        };
    }

    private static String productType(BankAccount account) {
        return switch (account.type()) {
            case "uk_monzo_flex", "uk_monzo_flex_backing_loan" -> "flex";
            case "uk_rewards" -> "rewards";
            case "uk_loan" -> "loan";
            default -> "standard";
        };
    }

    private static JsonArray owners(BankAccount account) {
        JsonArray owners = new JsonArray();
        for (Customer customer : account.owners()) {
            JsonObject owner = new JsonObject();
            owner.addProperty("user_id", customer.userId());
            owner.addProperty("preferred_name", customer.name());
            owner.addProperty("preferred_first_name", customer.firstName());
            owners.add(owner);
        }
        return owners;
    }

    private static void addWhatIsNew(BankAccount account, JsonObject json) {
        // What a joint account has for owner_type was not seen.
        json.addProperty("owner_type", "uk_loan".equals(account.type()) ? "unknown" : "personal");
        json.addProperty("is_flex", "uk_monzo_flex".equals(account.type()));
        json.addProperty("product_type", productType(account));
        json.addProperty("closed_account_app_access", false);
        json.addProperty("legal_entity", "monzo_uk");
        json.addProperty("country_code_alpha3", "GBR");
        json.addProperty("monzo_branch_address_formatted", "Monzo Bank, Broadwalk House, London");
        JsonObject assets = new JsonObject();
        assets.addProperty("image_url", "https://public-images.example/account.png");
        json.add("assets", assets);
    }

    private static void addBankDetails(BankAccount account, JsonObject json, boolean withIban) {
        JsonObject uk = new JsonObject();
        uk.addProperty("account_number", account.accountNumber());
        uk.addProperty("sort_code", SORT_CODE);
        JsonObject details = new JsonObject();
        details.add("locale_uk", uk);
        if (withIban) {
            JsonObject iban = new JsonObject();
            iban.addProperty("unformatted", account.iban());
            iban.addProperty("formatted", account.iban().replaceAll("(.{4})(?=.)", "$1 "));
            iban.addProperty("bic", "MONZGB2L");
            iban.addProperty("usage_description", "Use these details to receive money from abroad");
            iban.addProperty("usage_description_web", "Use these details to receive money from abroad");
            details.add("iban", iban);
        }
        json.addProperty("account_number", account.accountNumber());
        json.addProperty("sort_code", SORT_CODE);
        json.add("payment_details", details);
    }
}
