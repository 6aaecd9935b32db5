// What people type: numbers, dates, phones, searches. Whatever is read is what was meant, or nothing.
#include "base/text.hpp"
#include "base/time.hpp"
#include "fuzz.hpp"
#include "signalement/depot/lecture.hpp"
#include "territoire/recherche.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto clean = base::clean_text(fuzz::text(data, size));
    if (!clean) return 0;
    const auto& typed = *clean;
    fuzz::must(base::clean_text(typed) == typed, "clean text stays as it is");
    fuzz::must(base::length(base::truncate(typed, 7)) <= 7, "truncated is shorter");
    const auto folded = base::fold(typed);
    fuzz::must(base::fold(folded) == folded, "folded text stays as it is");

    const auto question = territoire::lire_question(typed);
    fuzz::must(question.mots.size() <= 14, "a bounded number of words");
    for (const auto& word : question.mots)
        fuzz::must(!word.empty() && word.find_first_of("'\"*():&|!<>\\ \n\t") == std::string::npos,
                   "a word says nothing to the search engine");
    territoire::Adresse address;
    address.voie = typed;
    address.commune = typed;
    const auto score = territoire::noter(question, address, false);
    fuzz::must(score >= 0 && score <= 1, "a score is a share");

    if (const auto phone = base::parse_phone(typed)) {
        fuzz::must(phone->starts_with('+') && phone->size() >= 8 && phone->size() <= 16, "an E.164 number");
        fuzz::must(base::parse_phone(base::format_phone(*phone)) == phone, "a number reads back");
    }
    if (const auto day = base::parse_typed_date(typed))
        fuzz::must(base::parse_date(base::to_iso(*day)) == day, "a day reads back");
    if (const auto moment = base::parse_instant(typed))
        fuzz::must(base::parse_instant(base::to_iso(*moment)) == moment, "a moment reads back");

    using namespace signalement;
    if (const auto n = depot::lire_entier(typed, -5, 400)) fuzz::must(*n >= -5 && *n <= 400, "within bounds");
    if (const auto n = depot::lire_surface_dm2(typed)) fuzz::must(*n >= 10 && *n <= 999'900, "within bounds");
    if (const auto n = depot::lire_montant_centimes(typed))
        fuzz::must(*n >= 0 && *n <= 10'000'000, "within bounds");
    if (const auto month = depot::lire_mois(typed)) {
        fuzz::must(base::parse_date(*month + "-01").has_value(), "a real month");
        fuzz::must(depot::lire_mois(depot::mois_en_mots(*month)) == month, "a month reads back");
    }
    return 0;
}
