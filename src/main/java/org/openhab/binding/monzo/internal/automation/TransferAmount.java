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
package org.openhab.binding.monzo.internal.automation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * How much a rule moves, and which way: positive amounts go into the pot, negative ones out of it. What is smaller than
 * the currency's smallest unit stays where it is.
 */
@NonNullByDefault
record TransferAmount(Parameters parameters) {

    private static final String DIRECTION = "direction";
    private static final String AMOUNT = "amount";
    private static final String VALUE = "value";
    private static final String FACTOR = "factor";
    private static final String MARGIN = "margin";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private enum Direction {
        DEPOSIT,
        WITHDRAW,
        EITHER
    }

    private enum Kind {
        FIXED,
        PAYMENT,
        ROUND_UP,
        SHARE,
        LEFTOVER,
        TO_TARGET
    }

    /** Returns why a configuration moves nothing, {@code null} if it may move something. */
    @Nullable
    String problem() {
        Direction direction = direction();
        Kind kind = kind();
        if (direction == null) {
            return DIRECTION + " is none of " + Arrays.toString(Direction.values());
        } else if (kind == null) {
            return AMOUNT + " is none of " + Arrays.toString(Kind.values());
        } else if (direction == Direction.EITHER && kind != Kind.TO_TARGET) {
            return DIRECTION + " EITHER needs the amount TO_TARGET";
        } else if (kind == Kind.LEFTOVER && direction != Direction.DEPOSIT) {
            return AMOUNT + " LEFTOVER needs the direction DEPOSIT";
        }
        boolean needsValue = kind != Kind.PAYMENT && kind != Kind.ROUND_UP;
        boolean needsPositive = kind == Kind.FIXED || kind == Kind.SHARE || kind == Kind.ROUND_UP;
        BigDecimal value = parameters.number(VALUE);
        if (value == null && (needsValue || parameters.isEntered(VALUE))) {
            return Parameters.Problems.noNumber(VALUE);
        } else if (value != null && needsPositive && value.signum() <= 0) {
            return VALUE + " must be more than 0";
        } else if (value != null && kind == Kind.SHARE && value.compareTo(HUNDRED) > 0) {
            return VALUE + " is more than 100 per cent";
        }
        return problemOf(FACTOR) == null ? problemOf(MARGIN) : problemOf(FACTOR);
    }

    private @Nullable String problemOf(String parameter) {
        BigDecimal number = parameters.number(parameter);
        if (parameters.isEntered(parameter) && number == null) {
            return Parameters.Problems.noNumber(parameter);
        }
        return number != null && number.signum() < 0 ? parameter + " is negative" : null;
    }

    private @Nullable Direction direction() {
        return find(Direction.values(), parameters.text(DIRECTION));
    }

    private @Nullable Kind kind() {
        String text = parameters.text(AMOUNT);
        return find(Kind.values(), text == null ? Kind.FIXED.name() : text);
    }

    private static <T extends Enum<T>> @Nullable T find(T[] values, @Nullable String name) {
        for (T value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        return null;
    }

    /** Returns whether it needs the current balance. */
    boolean dependsOnBalance() {
        return kind() == Kind.LEFTOVER || kind() == Kind.TO_TARGET;
    }

    /** Returns whether it is for a transaction, as opposed to a balance at any time. */
    boolean isForTransaction() {
        return kind() != Kind.TO_TARGET;
    }

    /** Returns the amount for a transaction that moved money, whatever the balance. */
    BigDecimal of(Transaction transaction) {
        BigDecimal paid = transaction.amount();
        Kind kind = kind();
        Direction direction = direction();
        if (paid == null || kind == null || direction == null || problem() != null) {
            return BigDecimal.ZERO;
        }
        BigDecimal amount = switch (kind) {
            case FIXED -> parameter(VALUE, BigDecimal.ZERO);
            case PAYMENT -> paid.abs();
            case ROUND_UP -> paid.signum() < 0 ? roundUp(paid.abs()) : BigDecimal.ZERO;
            case SHARE -> paid.abs().multiply(parameter(VALUE, BigDecimal.ZERO)).divide(HUNDRED);
            case LEFTOVER, TO_TARGET -> BigDecimal.ZERO;
        };
        if (kind != Kind.FIXED) { // which is refused with more decimals, as the user entered them
            amount = amount.setScale(Money.decimals(transaction.currency()), RoundingMode.DOWN);
        }
        boolean isOut = direction == Direction.WITHDRAW;
        if (isOut && kind == Kind.PAYMENT && transaction.details().paidFromPot()) {
            return BigDecimal.ZERO; // Monzo has taken it from a pot itself
        } else if (isOut && kind == Kind.PAYMENT && paid.signum() > 0) {
            return transaction.isRefund() ? amount : BigDecimal.ZERO; // what was paid from the pot goes back into it
        }
        return isOut ? amount.negate() : amount;
    }

    private BigDecimal roundUp(BigDecimal paid) {
        BigDecimal step = parameter(VALUE, BigDecimal.ONE);
        BigDecimal rest = paid.remainder(step);
        return rest.signum() == 0 ? BigDecimal.ZERO : step.subtract(rest).multiply(parameter(FACTOR, BigDecimal.ONE));
    }

    /**
     * Returns the amount at a balance.
     *
     * @param received the amount of the transaction, 0 for none
     * @param decimals the decimals of the currency
     */
    BigDecimal of(BigDecimal balance, BigDecimal received, int decimals) {
        if (problem() != null) {
            return BigDecimal.ZERO;
        }
        BigDecimal beyond = balance.subtract(received)
                .subtract(parameter(VALUE, BigDecimal.ZERO))
                .setScale(decimals, RoundingMode.DOWN);
        if (kind() == Kind.LEFTOVER) {
            return received.signum() > 0 ? beyond.max(BigDecimal.ZERO) : BigDecimal.ZERO;
        }
        Direction direction = direction();
        boolean isWanted = direction == Direction.EITHER || (direction == Direction.DEPOSIT) == beyond.signum() > 0;
        return isWanted && beyond.abs().compareTo(parameter(MARGIN, BigDecimal.ZERO)) > 0 ? beyond : BigDecimal.ZERO;
    }

    private BigDecimal parameter(String name, BigDecimal otherwise) {
        BigDecimal number = parameters.number(name);
        return number == null ? otherwise : number;
    }
}
