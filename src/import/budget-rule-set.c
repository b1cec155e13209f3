/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description.h"
#include "budget-rule-set.h"

#include <string.h>

/*
 * Matches descriptions with one rule or with many. Both sides are folded, so
 * that words are compared without letter case, accents and punctuation.
 *
 * A set finds rules by the first word of their pattern: each word of a
 * description is looked up once, however many rules there are.
 */

#define NO_RULE G_MAXUINT

typedef struct
{
  BudgetRule *rule;
  BudgetRuleMatch match_kind;
  char *pattern; /* folded */
  gsize length;
} Entry;

struct _BudgetRuleSet
{
  GArray *entries;     /* of Entry, in order */
  GHashTable *by_word; /* first word → GArray of positions in entries, ascending */
};

/*
 * Whether @pattern matches @text at @at; all are folded.
 */
static gboolean
fits_at (
  const char *text, const char *at, const char *pattern, gsize length, BudgetRuleMatch match_kind)
{
  if (strncmp (at, pattern, length) != 0 || (at[length] != '\0' && at[length] != ' '))
    return FALSE;

  switch (match_kind)
    {
    case BUDGET_RULE_MATCH_CONTAINS:
      return TRUE;
    case BUDGET_RULE_MATCH_STARTS_WITH:
      return at == text;
    case BUDGET_RULE_MATCH_EQUALS:
      return at == text && at[length] == '\0';
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
fits (const char *text, const char *pattern, BudgetRuleMatch match_kind)
{
  gsize length = strlen (pattern);

  if (length == 0)
    return FALSE;

  for (const char *at = text; at != NULL; at = strchr (at, ' '))
    {
      at += *at == ' ';
      if (fits_at (text, at, pattern, length, match_kind))
        return TRUE;
    }

  return FALSE;
}

/**
 * budget_rule_matches:
 * @rule: a rule
 * @description: (nullable): what was paid for
 *
 * Checks whether a rule matches a description, even if it is disabled. Words are
 * compared without letter case, accents and the punctuation between them:
 * “cafe nero” is in “CAFÉ-NERO 0223” and not in “Cafe Neronian”. The pattern is
 * searched in the description itself, and in the words that name the
 * payee (see budget_description_dup_core()), so that “green grocer” equals
 * “POS PURCHASE GREEN GROCER 12/05”, too.
 *
 * Returns: %TRUE if it matches
 */
gboolean
budget_rule_matches (BudgetRule *rule, const char *description)
{
  const char *text;
  g_autofree char *pattern = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *core = NULL;

  g_return_val_if_fail (BUDGET_IS_RULE (rule), FALSE);

  text = budget_rule_get_pattern (rule);
  if (text == NULL || description == NULL)
    return FALSE;

  pattern = budget_description_fold (text);
  valid = g_utf8_make_valid (description, -1);
  folded = budget_description_fold (valid);
  if (fits (folded, pattern, budget_rule_get_match_kind (rule)))
    return TRUE;

  core = budget_description_dup_core (valid);
  return fits (core, pattern, budget_rule_get_match_kind (rule));
}

static void
clear_entry (Entry *entry)
{
  g_object_unref (entry->rule);
  g_free (entry->pattern);
}

static void
add_rule (BudgetRuleSet *self, BudgetRule *rule)
{
  const char *pattern = budget_rule_get_pattern (rule);
  guint place = self->entries->len;
  Entry entry = { .rule = rule, .match_kind = budget_rule_get_match_kind (rule) };
  g_autofree char *word = NULL;
  GArray *places;

  if (!budget_rule_get_enabled (rule) || pattern == NULL)
    return;

  entry.pattern = budget_description_fold (pattern);
  entry.length = strlen (entry.pattern);
  if (entry.length == 0)
    {
      g_free (entry.pattern);
      return;
    }

  g_object_ref (rule);
  g_array_append_val (self->entries, entry);

  word = g_strndup (entry.pattern, strcspn (entry.pattern, " "));
  places = g_hash_table_lookup (self->by_word, word);
  if (places == NULL)
    {
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->by_word, g_steal_pointer (&word), places);
    }
  g_array_append_val (places, place);
}

/**
 * budget_rule_set_new:
 * @rules: (element-type BudgetRule): the rules in the order they are tried in,
 *   such as budget_book_get_rules()
 *
 * Copies the enabled rules as they are now. When they change, make another set.
 *
 * Returns: (transfer full): the set
 */
BudgetRuleSet *
budget_rule_set_new (GListModel *rules)
{
  BudgetRuleSet *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (rules), NULL);

  self = g_new0 (BudgetRuleSet, 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, (GDestroyNotify) clear_entry);
  self->by_word =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, i);

      add_rule (self, rule);
    }

  return self;
}

/**
 * budget_rule_set_free:
 * @self: a set of rules
 *
 * Frees the set.
 */
void
budget_rule_set_free (BudgetRuleSet *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->entries);
  g_hash_table_unref (self->by_word);
  g_free (self);
}

/*
 * Returns: the position of the first rule before @best that matches the folded
 * text, else @best
 */
static guint
find_in_folded (BudgetRuleSet *self, char *text, guint best)
{
  char *end;

  for (char *at = text; *at != '\0'; at = *end == '\0' ? end : end + 1)
    {
      GArray *places;
      char kept;

      end = at + strcspn (at, " ");
      kept = *end;
      *end = '\0';
      places = g_hash_table_lookup (self->by_word, at);
      *end = kept;

      for (guint i = 0; places != NULL && i < places->len; i++)
        {
          guint place = g_array_index (places, guint, i);
          const Entry *entry = &g_array_index (self->entries, Entry, place);

          if (place >= best)
            break;
          if (fits_at (text, at, entry->pattern, entry->length, entry->match_kind))
            best = place;
        }
    }

  return best;
}

static guint
find_place (BudgetRuleSet *self, const char *description, guint best)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *core = NULL;

  if (description == NULL || self->entries->len == 0)
    return best;

  valid = g_utf8_make_valid (description, -1);
  folded = budget_description_fold (valid);
  best = find_in_folded (self, folded, best);
  if (best == 0)
    return best;

  core = budget_description_dup_core (valid);
  return find_in_folded (self, core, best);
}

static BudgetRule *
get_rule (BudgetRuleSet *self, guint place)
{
  return place == NO_RULE ? NULL : g_array_index (self->entries, Entry, place).rule;
}

/**
 * budget_rule_set_find:
 * @self: a set of rules
 * @description: (nullable): what was paid for
 *
 * Returns: (transfer none) (nullable): the first enabled rule that matches, see
 *   budget_rule_matches()
 */
BudgetRule *
budget_rule_set_find (BudgetRuleSet *self, const char *description)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_rule (self, find_place (self, description, NO_RULE));
}

/**
 * budget_rule_set_find_for_either:
 * @self: a set of rules
 * @description: (nullable): what was paid for
 * @original: (nullable): what the bank wrote of it
 *
 * Returns: (transfer none) (nullable): the first enabled rule that matches one
 *   of the two
 */
BudgetRule *
budget_rule_set_find_for_either (BudgetRuleSet *self, const char *description, const char *original)
{
  guint place;

  g_return_val_if_fail (self != NULL, NULL);

  place = find_place (self, description, NO_RULE);
  if (original != NULL && g_strcmp0 (description, original) != 0)
    place = find_place (self, original, place);

  return get_rule (self, place);
}
