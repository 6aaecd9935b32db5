// The documents a demande calls for, deduced from its answers: a closed list (CCH R. 441-2-4-1, arrêté du 20
// avril 2023). Only the identity document is needed to be registered. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/names.hpp"
#include "base/time.hpp"
#include "demande/reponses.hpp"

namespace demande {

/// When a document is asked.
enum class Moment {
    Enregistrement, // without it nothing is registered (CCH R. 441-2-3)
    Instruction,    // of every household, once a dwelling is considered
    SiDemandee,     // only if the service that examines the demande asks for it
};

inline constexpr base::Name<Moment> moments[] = {
    {Moment::Enregistrement, "enregistrement", "Pour enregistrer la demande"},
    {Moment::Instruction, "instruction", "Pour étudier la demande"},
    {Moment::SiDemandee, "si_demandee", "Seulement si un service la demande"},
};

struct PieceAttendue {
    std::string_view slug;
    Moment moment;
    std::string libelle; // with the year or the person it is about
};

/// What this household has to gather, in the order of the catalogue.
std::vector<PieceAttendue> pieces_attendues(const Reponses&, Date aujourd_hui);

/// Every slug of the catalogue, in order.
std::vector<std::string_view> catalogue_des_pieces();

/// The document without which nothing is registered (CCH R. 441-2-3).
inline constexpr std::string_view piece_d_identite = "identite";

/// What the journal, which outlives the names of a demande, says of a document: its type when every household
/// brings one, nothing when it would tell something of this one (a violence, a disability).
std::string_view type_au_journal(std::string_view type);

/// How a document is called when nothing is known of the household; the slug of an unknown one.
std::string libelle_de_piece(std::string_view type);

} // namespace demande
